"""Labels of speakers in the forms of many programs, typists and languages: four turns of two."""

import pytest

from analysis.corpus import Corpus
from analysis.readers.labelled import labels_in
from analysis.text.words import count_words

SAID = (
    "Who reads the list?",
    "Nobody who has not asked.",
    "And the others, what do they do?",
    "They wait at the gate all day.",
)
FORMS = (
    ("german_umlaut.txt", "{who}: {text}", "Interviewerin", "Befragter Müller", "\n\n"),
    ("iv_ip.txt", "{who}: {text}", "IV", "IP2", "\r\n"),
    ("bracketed.txt", "[{who}] {text}", "Interviewer", "Respondent 3", "\n"),
    ("bracket_colon.txt", "[{who}]: {text}", "ADA", "TOM", "\n\n"),
    ("angle.txt", "<{who}> {text}", "ada_a", "tom_b", "\n"),
    ("cyrillic.txt", "{who}: {text}", "Анна Петрова", "ИВАНОВ И.И.", "\n\n"),
    ("greek_caps.txt", "{who}: {text}", "ΑΝΝΑ", "ΝΙΚΟΣ ΠΑΠΠΑΣ", "\n"),
    ("arabic.txt", "{who}: {text}", "أحمد", "المحاور", "\n"),
    ("fullwidth.txt", "{who}：{text}", "张三", "主持人", "\n"),
    ("court.txt", "{who}: {text}", "THE COURT", "MR. O’BRIEN", "\n\n"),
    ("juror.txt", "      {who}:  {text}", "PROSPECTIVE JUROR NO. 7", "MS. McCARTHY", "\n\n"),
    ("rep.txt", "{who}: {text}", "REP. VAN HOLLEN (D-MD)", "SEN. DE LA CRUZ (R-TX)", "\n\n"),
    ("chair_title.txt", "{who}: {text}", "Chairman Grassley", "Prof. Dr. Ada Arden", "\n"),
    ("markdown_bold.md", "**{who}:** {text}", "Interviewer", "P04", "\n\n"),
    ("markdown_bold_out.md", "**{who}**: {text}", "Q1 Moderator", "Ada Arden", "\n\n"),
    ("label_alone.txt", "{who}:\n{text}", "ADA ARDEN", "Tom Bell", "\n\n"),
    ("label_alone_nocolon.txt", "{who}\n{text}", "ADA ARDEN", "TOM BELL", "\n\n"),
    ("tab.txt", "{who}:\t{text}", "I1", "B2", "\n"),
    ("tab_only.txt", "{who}\t{text}", "INT", "RESP", "\n"),
    ("linenumbers.txt", "{n:02d} {who}: {text}", "Ada", "Tom", "\n"),
    ("anon.txt", "{who}: {text}", "Anon_12", "S2_F_34", "\n"),
    ("particles.txt", "{who}: {text}", "Anna van der Berg", "Luis de la Torre y Ruiz", "\n\n"),
    ("initials.txt", "{who}: {text}", "J. R. Bell", "A.A.", "\n"),
    ("unident.txt", "{who}: {text}", "UNIDENTIFIED MALE", "Speaker B", "\n"),
    ("s00.txt", "{who}: {text}", "S00", "S01", "\n"),
    ("mr_alone.txt", "{who}: {text}", "Mr Arden", "Mrs. Bell-Smith", "\n"),
    ("semi_french.txt", "{who} : {text}", "Enquêtrice", "Mme Léa Brun", "\n\n"),
    ("nbsp_french.txt", "{who}\xa0: {text}", "Enquêteur", "Élise", "\n"),
    ("french_dash.txt", "{who}. – {text}", "Mme la présidente", "M. Jean Dupont", "\n\n"),
    ("quotes.txt", "{who}: “{text}”", "Ada", "Tom", "\n"),
    ("otter_hours.txt", "{who}  1:02:{s:02d}  \n{text}", "Élodie Brun", "Speaker 2", "\n\n"),
    ("otter_unknown.txt", "{who}  {m}\n{text}", "Unknown Speaker", "Tom Bell", "\r\n\r\n"),
    ("rev.txt", "{who} ({mm}):\n{text}", "Ada Arden", "Speaker 3", "\n\n"),
    ("rev_hours.txt", "{who}: ({h})\n{text}", "Ada Arden", "Dr. Bell", "\n\n"),
    ("descript.txt", "[{h}] {who}: {text}", "Ada Arden", "Tom", "\n\n"),
    ("descript.md", "**{who}:** [{h}] {text}", "Ada Arden", "Tom Bell", "\n\n"),
    ("happyscribe.txt", "[{h}.12] - {who}\n{text}", "Ada Arden", "Speaker 2", "\n\n"),
    ("sonix.txt", "{who} [{h}]\n{text}", "Ada Arden", "Tom Bell", "\n\n"),
    ("sonix2.txt", "[{h}] {who}\n{text}", "Speaker1", "Speaker2", "\n\n"),
    ("f4x.txt", "[{h}] {who}: {text}", "I", "B1", "\n\n"),
    ("f4_before.txt", "#{h}-4# {who}: {text}", "I1", "B", "\n\n"),
    ("f4_nochars.txt", "{who}: {text} #{h}#", "Interviewer", "Befragte", "\n\n"),
    ("maxqda.txt", "[{h}.5] {who}: {text}", "INT", "P7", "\n"),
    ("zoom_txt.txt", "[{who}] 10:15:{s:02d}\n{text}", "Ada Arden", "Tom Bell", "\n\n"),
    (
        "zoom_chat.txt",
        "10:15:{s:02d}\t From {who} to Everyone:\n\t{text}",
        "Ada Arden",
        "Tom Bell",
        "\n",
    ),
    ("zoom_chat_old.txt", "10:15:{s:02d}\t From  {who} : {text}", "Ada Arden", "Tom Bell", "\r\n"),
    ("teams_docx_pasted.txt", "{who}   {m}\n{text}", "Arden, Ada", "Bell, Tom (Guest)", "\n\n"),
    ("teams_times.txt", "{h}.000 --> {h}.900\n{who}\n{text}", "Ada Arden", "Tom Bell", "\n\n"),
    ("meet.txt", "{h}\n \n{who}: {text}", "Ada Arden", "Tom Bell", "\n\n"),
    ("range.txt", "{who} [{h} - 00:09:59]: {text}", "Ada", "Tom", "\n\n"),
    ("trint.txt", "{who} {h} {text}", "Ada Arden", "Tom Bell", "\n\n"),
    ("amber.txt", "{h} {who}\n{text}", "Speaker 1", "Speaker 2", "\n\n"),
    ("turkish.txt", "{who}: {text}", "GÖRÜŞMECİ", "Katılımcı 3", "\n\n"),
    ("polish.txt", "{who}: {text}", "Badacz", "Łukasz Żółć", "\r\n\r\n"),
    ("korean.txt", "{who}: {text}", "면담자", "참여자1", "\n"),
    ("hindi.txt", "{who}: {text}", "साक्षात्कारकर्ता", "राम कुमार", "\n\n"),
    ("hebrew.txt", "{who}: {text}", "מראיין", "דנה", "\n\n"),
    (
        "es_pres.txt",
        "{who}: {text}",
        "El señor PRESIDENTE",
        "La señora GARCÍA LÓPEZ (Grupo Mixto)",
        "\n\n",
    ),
    ("it_caps.txt", "{who}. {text}", "PRESIDENTE", "GIOVANNI ROSSI", "\n\n"),
    ("us_record.txt", "   {who}. {text}", "Mr. BELL", "Ms. ARDEN of Linden", "\n\n"),
    (
        "de_bundestag.txt",
        "{who}:\n{text}",
        "Präsident Wolfgang Müller",
        "Ada Arden (GRÜNE)",
        "\n\n",
    ),
    ("uk_hansard.txt", "{who}\n{text}", "Mr Speaker", "Ada Arden (Barset) (Lab)", "\n\n"),
    ("pseudonym.txt", "{who}: {text}", "Participant #4 (F, 34)", "Researcher", "\n\n"),
    ("p_dash.txt", "{who} - {text}", "Interviewer", "Participant 4", "\n\n"),
    ("colon_dash.txt", "{who}:- {text}", "Ada", "Tom", "\n\n"),
    ("bullets.md", "- **{who}**: {text}", "Ada", "Tom", "\n"),
    ("heading.md", "### {who}\n{text}", "Ada Arden", "Tom Bell", "\n\n"),
    ("italic.md", "*{who}:* {text}", "Ada Arden", "Interviewer 1", "\n\n"),
    ("numbers_only.txt", "{who}: {text}", "1", "2", "\n\n"),
    ("semicolon.txt", "{who}; {text}", "Ada", "Tom", "\n\n"),
    ("indent.txt", "    {who}:     {text}", "ARDEN", "BELL", "\n\n"),
    ("lower.txt", "{who}: {text}", "interviewer", "respondent", "\n"),
    ("lower_names.txt", "{who}: {text}", "ada", "tom", "\n"),
    ("paren_before.txt", "({who}) {text}", "Ada", "Tom", "\n"),
    ("sonix_dash.txt", "[{h}] - {who}: {text}", "Ada Arden", "Tom", "\n\n"),
    ("time_bar.txt", "{h} | {who} | {text}", "Ada Arden", "Tom Bell", "\n"),
    ("time_under.txt", "{who}\n{h}\n{text}", "Ada Arden", "Tom Bell", "\n\n"),
    ("paren_range.txt", "{who} ({h} --> 00:01:00)\n{text}", "Ada Arden", "Tom Bell", "\n\n"),
    ("noscribe.txt", "{who}: {text} [{h}]", "S00", "S01", "\n\n"),
    ("inline_mid.txt", "{who}: [{h}] {text}", "INT", "Befragte", "\n\n"),
    ("ampm.txt", "{who} 10:15 AM\n{text}", "Ada Arden", "Tom Bell", "\n\n"),
    ("slack.txt", "{who}  10:15 AM\n{text}", "Ada Arden", "tom.bell", "\n\n"),
    ("gmeet2.txt", "{who} ({h})\n{text}", "Ada Arden", "Tom Bell", "\n\n"),
    ("discord.txt", "[22-Mar-21 10:15 AM] {who}\n{text}", "ada#1234", "tom#0001", "\n\n"),
    ("discord2.txt", "{who} — 22/03/2021 10:15\n{text}", "ada", "tom", "\n\n"),
    ("teams_vttlike.txt", "{h}.1 --> {h}.9\n<v {who}>{text}</v>", "Ada Arden", "Tom Bell", "\n\n"),
    ("rev_srt.srt", "{n}\n{h},000 --> {h},900\n{who}: {text}", "Ada Arden", "Speaker 2", "\n\n"),
    ("otter_srt.srt", "{n}\n{h},000 --> {h},900\n{who}\n{text}", "Ada Arden", "Speaker 2", "\n\n"),
    (
        "brackets.srt",
        "{n}\n{h},000 --> {h},900\n[{who}]: {text}",
        "SPEAKER_00",
        "SPEAKER_01",
        "\n\n",
    ),
    ("equal.txt", "{who}= {text}", "IR", "IE", "\n"),
    ("exmaralda.txt", "{who} [v]\t{text}", "ADA", "TOM", "\n"),
    ("hebrew_chair.txt", "{who}:\n{text}", 'היו"ר עדה', "תום בל", "\n\n"),
    ("premiere.txt", "{h}:12 - {h}:20\n{who}\n{text}", "Speaker 1", "Speaker 2", "\n\n"),
    ("nested.txt", "{who}: {text}", "The Chair (Hon. Ada Arden (Linden, Lib.))", "Mr Bell", "\n\n"),
    ("spoken_in.txt", "{who}: {text}", "The President", "Mr. Bell (Linden) (in French)", "\n\n"),
    ("office.txt", "{who}: {text}", "The Minister for Locks (Ada Arden)", "Tom Bell", "\n\n"),
    ("anforande.txt", "Anf. {n} {who}:\n{text}", "ADA ARDEN (S)", "Statsrådet TOM BELL", "\n\n"),
    ("heading_apart.md", "### {who}\n\n{text}", "Ada Arden", "Tom Bell", "\n\n"),
    ("bold_apart.md", "**{who}**\n\n{text}", "Ada Arden", "Tom Bell", "\n\n"),
    ("bold_bracket.md", "**[{who}]** {text}", "Ada", "Tom", "\n\n"),
    ("caps_apart.txt", "{who}\n\n{text}", "ADA ARDEN", "TOM BELL", "\n\n"),
    ("lenticular.txt", "【{who}】{text}", "主持人", "王芳", "\n"),
    ("ratio.txt", "{who}∶{text}", "主持人", "王芳", "\n"),
    ("amharic.txt", "{who}፦ {text}", "ጠያቂ", "አበበ በቀለ", "\n"),
    ("duma.txt", "{who} {text}", "Иванов И. И.", "Петров А. Б.", "\n\n"),
    ("em_dash.txt", "{who}.—{text}", "Mr. ARDEN", "The PRESIDENT", "\n\n"),
    ("malay.txt", "{who}: {text}", "Tuan Yang di-Pertua", "Dato' Tom bin Bell [Linden]", "\n\n"),
    ("ordinal.txt", "{who}: {text}", "1st Speaker", "2nd Speaker", "\n"),
    ("nicknames.txt", "2021-03-22 10:15:{s:02d} <{who}> {text}", "ada", "tom", "\n"),
    ("handles.txt", "{who}: {text}", "@ada_a", "@tom_b", "\n"),
    ("seconds.txt", "({s}s) {who}: {text}", "Ada", "Tom", "\n"),
    ("amazon.srt", "{n}\n{h},000 --> {h},900\n{who}: {text}", "spk_0", "spk_1", "\n\n"),
    ("role_dash.txt", "{who}: {text}", "Participant 3 – female, 42", "Interviewer", "\n"),
    ("committee.txt", "{who}. {text}", "CHAIRMAN ARDEN", "MR. BELL", "\n\n"),
    ("behalf.txt", "{who}. – {text}", "Tom Bell, on behalf of the PX Group", "President", "\n\n"),
    ("paren.srt", "{n}\n{h},000 --> {h},900\n({who}) {text}", "Ada", "Tom", "\n\n"),
    ("bracket_times.txt", "[{who}] [{h}]\n{text}", "Interviewer", "T", "\n\n"),
    ("bracket_times_on.txt", "[{who}] [오전 10:{s:02d}] {text}", "Ada", "Tom", "\n"),
    ("linked_time.md", "[{mm}](https://x.org/m?t={s}) **{who}:** {text}", "Ada", "Tom", "\n\n"),
    ("hash.txt", "#{who}: {text}", "Ada", "Tom", "\n"),
    ("hash_blank.txt", "# {who}: {text}", "Ada", "Tom", "\n"),
    ("numbered.txt", "01.{n:02d}  {who}: {text}", "Ada Arden (PX)", "Minister Tom Bell", "\n\n"),
    ("circle.txt", "○{who}　{text}", "議長（鈴木一郎君）", "田中花子君", "\n\n"),
    ("aside.txt", "{who} - {text}", "O SR. PRESIDENTE (Tomé. PX - LD)", "A SRA. ADA ARDÉN", "\n\n"),
    ("marks.txt", "\u200f{who}\u200f: {text}", "سائل", "فاطمہ بیگم", "\n"),
    ("clocks.txt", "{who}\t{h}.000\t{h}.900\t{text}", "Ada", "Tom", "\n"),
    ("time_above.txt", "Mar 22, 2021 10:15:{s:02d} AM\n{who}\n{text}", "Ada", "Tom", "\n\n"),
    ("slack_copy.txt", "{who}\n  10:15 AM\n{text}", "Ada Arden", "Tom Bell", "\n\n"),
    ("discord3.txt", "{who} — 03/22/2021 10:{s:02d} AM\n{text}", "Ada", "Tom", "\n\n"),
    ("pm.txt", "4.{s:02d} pm\n\n{who}: {text}", "Ada Arden (Linden) (Lab)", "Tom Bell", "\n\n"),
    ("voice_above.vtt", "{h}.1 --> {h}.9\n<v {who}>\n{text}", "Ada Arden", "Tom Bell", "\n\n"),
    ("name_above.vtt", "{h}.1 --> {h}.9\n({who})\n{text}", "Ada Arden", "Tom Bell", "\n\n"),
)
"""The file's name, a turn, the two speakers, and what stands between two turns."""
NO_FORMS = (
    "Gate\n\n[applause] Thank you.\n\nWe met.\n\n[laughter] No.\n\nThat is all.\n\nSo be it.\n",
    "- Locks\n- Keys\n\n### Bug Fixes\n- one\n\n### New Features\n- two\n\n### Bug Fixes\n- 3\n",
    "LINDEN - The keeper said no.\n\nHe had been asked.\n\nBARSET - Nobody came.\n\nThey wait.\n",
    "One (Ada) met two.\nThree; four.\nFive - six.\nSeven. Eight.\nNine\tten.\n",
    "1. Open the gate\n2. Shut the gate\n3. Open the gate\n4. Shut the gate\n",
    "Day\n\n09:00 Opening: Ada Arden\n09:30 Keynote: Tom Bell\n10:30 Panel: Locks and law\n",
    "ARDEN v. BELL\n\nFACTS: He shut it.\n\nHELD: He could not.\n\nDISPOSITION: Reversed.\n",
    "Letters\n\nSIR: Nobody reads it.\n\nAda Arden\n\nSIR: They wait.\n\nTom Bell\n",
    "Mon.\tgate\nTue.\tlock\nWed.\tkey\nThu.\tgate\n",
)
"""Texts that have the marks of such labels and no speaker."""


def _read(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8", newline="")
    return Corpus.read(path)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form[0])
def test_turns_in_this_form_are_their_speakers(form, tmp_path):
    name, turn, first, second, between = form
    turns = [
        turn.format(
            who=first if n % 2 == 0 else second,
            text=text,
            n=n + 1,
            s=6 * n + 3,
            m=f"0:{6 * n + 3:02d}",
            mm=f"00:{6 * n + 3:02d}",
            h=f"00:00:{6 * n + 3:02d}",
        )
        for n, text in enumerate(SAID)
    ]
    said = _read(tmp_path, name, between.join(turns) + "\n").utterances
    spoken = said[(said["speaker"] != "") & (said["words"] > 0)]
    assert list(spoken["speaker"]) == [first, second] * 2
    assert list(spoken["words"]) == list(map(count_words, SAID))


@pytest.mark.parametrize("content", NO_FORMS)
def test_what_is_no_label_is_nobody(content, tmp_path):
    assert set(_read(tmp_path, "a.txt", content).utterances["speaker"]) == {""}


def test_the_numbers_of_lines_are_no_words(tmp_path):
    lines = [
        "ADA: Who reads",
        "     the list?",
        "TOM: Nobody who",
        "     has asked.",
        "ADA: No",
        "way.",
    ]
    text = "".join(f"{n:2}  {line}\n" for n, line in enumerate(lines, 7))
    said = _read(tmp_path, "a.txt", text).utterances
    assert said.groupby("speaker")["words"].sum().to_dict() == {"ADA": 6, "TOM": 4}


def test_an_office_and_a_seat_are_of_the_one_who_holds_them(tmp_path):
    labels = [
        "The Minister for Locks (Ada Arden)",
        "Tom Bell (Linden) (Lab)",
        "Ada Arden",
        "Tom Bell",
    ]
    text = "\n\n".join(f"{who}\n{said}" for who, said in zip(labels, SAID, strict=True))
    said = _read(tmp_path, "a.txt", text).utterances
    assert said["speaker"].tolist() == ["Ada Arden", "Tom Bell"] * 2
    assert said["affiliation"].tolist() == ["The Minister for Locks", "Linden, Lab", "", ""]


def test_names_alone_on_the_lines_of_a_docx_are_its_speakers(tmp_path):
    lines = [
        line for pair in zip(["Ada Arden", "Tom Bell"] * 2, SAID, strict=True) for line in pair
    ]
    said = _read(tmp_path, "a.txt", "\n".join(lines)).utterances
    assert said["speaker"].tolist() == ["Ada Arden", "Tom Bell"] * 2


def test_a_call_in_which_one_speaker_returns_is_told_by_the_roles(tmp_path):
    labels = ["Operator", "Ada Arden -- Chief", "Tom Bell -- Bank -- Analyst", "Ada Arden -- Chief"]
    text = "\n\n".join(f"{who}\n\n{said}" for who, said in zip(labels, SAID, strict=True))
    assert _read(tmp_path, "a.txt", text).utterances["speaker"].tolist() == labels


def test_numbered_questions_and_answers_are_those_of_two(tmp_path):
    text = "\n".join(
        f"{who}: {said}" for who, said in zip(["Q1", "A1", "Q2", "A2"], SAID, strict=True)
    )
    assert _read(tmp_path, "a.txt", text).utterances["speaker"].tolist() == ["Q1", "A1", "Q2", "A2"]


def test_a_link_above_the_talk_and_a_rule_with_the_day_in_it_are_no_ones(tmp_path):
    rows = [f"{who}: {said}" for who, said in zip(["Ada", "Tom"] * 2, SAID, strict=True)]
    rows.insert(2, "--------------- 22 March 2021 ---------------")
    top = "VIEW RECORDING - 12 mins: https://x.org/y\n\n"
    said = _read(tmp_path, "a.txt", top + "\n".join(rows)).utterances
    assert said[said["speaker"] != ""]["words"].tolist() == list(map(count_words, SAID))
    assert set(said["speaker"]) == {"", "Ada", "Tom"}


@pytest.mark.parametrize("blank", ["          ", "\t", "\u00a0\u00a0"])
def test_names_set_in_from_the_margin_are_speakers_too(tmp_path, blank):
    turns = zip(["ADA ARDEN", "TOM BELL"] * 2, SAID, strict=True)
    text = "\n\n".join(f"{blank}{who}\n\n{said}" for who, said in turns)
    said = _read(tmp_path, "a.txt", text).utterances
    assert said["speaker"].tolist() == ["ADA ARDEN", "TOM BELL"] * 2


def test_headings_set_in_from_the_margin_are_no_speakers(tmp_path):
    text = "\n\n".join(f"     CHAPTER {n}\n\n{said}" for n, said in enumerate(SAID, 1))
    assert set(_read(tmp_path, "a.txt", text).utterances["speaker"]) == {""}


@pytest.mark.parametrize(
    ("asks", "says"),
    [("P. ", "R. "), ("D. ", "R. "), ("Q - ", "R - "), ("F.- ", "A.- "), ("В. ", "О. ")],
)
def test_letters_of_question_and_answer_are_labels(asks, says):
    turns = f"{asks}Qui lit la liste ?\n{says}Personne. Vraiment.\n" * 2
    assert [one.label for one in labels_in(turns).found] == [asks[0], says[0]] * 2


@pytest.mark.parametrize(
    "text",
    [
        # A choice among answers, and an outline of two points: the letters do not take turns.
        "Who reads it?\nA. Ada\nB. Tom\nWho keeps it?\nA. Tom\nB. Ada\n",
        "P. Arden reads it.\nP. Bell keeps it.\nR. Moss sold it.\nR. Brun lost it.\n",
        "A. The locks.\nB. The keys.\nA. The doors.\nB. The gates.\n",
    ],
)
def test_letters_of_a_list_are_no_labels(text):
    assert not labels_in(text).found


def test_a_word_before_an_hour_is_nobody():
    text = "Ada Arden: Who?\nTom Bell: Me.\nAt 10:30: we met.\nUm 11:00: wir gingen.\n" * 2
    assert {one.label for one in labels_in(text).found} == {"Ada Arden", "Tom Bell"}


def test_words_may_stand_behind_the_brackets_of_a_label():
    text = "Ada Arden: Who reads it?\n+1 (202) 555-0101: I do.\n" * 2
    assert {one.label for one in labels_in(text, spoken=True).found} == {
        "Ada Arden",
        "+1 (202) 555-0101",
    }


def test_a_chair_in_capitals_may_stand_among_members_who_speak_once():
    text = (
        "PRESIDENTE. Ha la parola.\nIDA ARDENI. Chi legge?\nPRESIDENTE. Nessuno.\nTOM BELLI. Io.\n"
    )
    assert [one.label for one in labels_in(text).found] == [
        "PRESIDENTE",
        "IDA ARDENI",
        "PRESIDENTE",
        "TOM BELLI",
    ]
    headings = "METHODS. We met.\nRESULTS. None.\nMETHODS. We met again.\nLIMITS. Many.\n"
    assert not labels_in(headings).found


def test_words_before_a_time_within_speech_are_no_label():
    text = "[00:03] Ada: Who?\n[00:09] Tom: Nobody who has\nnot asked. [00:11] I think.\n" * 2
    assert {one.label for one in labels_in(text).found} == {"Ada", "Tom"}


def test_fields_above_a_talk_are_nobody():
    text = "Audio source: a.m4a\nmark pauses: 1sec+\n\nS00: Wer?\n\nS01: Niemand.\n\nS00: Gut.\n"
    assert [one.label for one in labels_in(text).found] == ["S00", "S01", "S00"]


def test_a_name_that_teams_gives_twice_opens_one_turn(tmp_path):
    path = tmp_path / "pane.txt"
    turns = (("Ada Arden", SAID[0]), ("Tom Bell", SAID[1]), ("Ada Arden", SAID[2]))
    rows = (
        f"{who}\n{n} minutes 3 seconds\n{n}:03\n{who} {n} minutes 3 seconds\n{said}\n"
        for n, (who, said) in enumerate(turns)
    )
    path.write_text("".join(rows))
    words = Corpus.read(path).utterances.groupby("speaker")["words"].sum().to_dict()
    assert words == {"Ada Arden": 11, "Tom Bell": 5}


def test_one_time_before_every_line_is_no_word(tmp_path):
    path = tmp_path / "zeros.txt"
    turns = (("Ada Arden", SAID[0]), ("Tom", SAID[1])) * 2
    rows = (f"0:00 {who}  00:0{n}\n\n0:00 {said}\n\n" for n, (who, said) in enumerate(turns))
    path.write_text("".join(rows))
    words = Corpus.read(path).utterances.groupby("speaker")["words"].sum().to_dict()
    assert words == {"Ada Arden": 8, "Tom": 10}


def test_names_behind_a_comma_are_more_people(tmp_path):
    path = tmp_path / "three.txt"
    path.write_text(
        "ADA ARDEN, TOM BELL, AND IDA MOSS: We do.\nADA ARDEN: Why?\nTOM BELL: So.\n"
        "TOM BELL AND IDA MOSS: No.\nIDA MOSS, CHAIR: Order.\nIDA MOSS: Now.\n"
    )
    assert set(Corpus.read(path).utterances["speaker"]) == {
        "ADA ARDEN, TOM BELL, AND IDA MOSS",
        "ADA ARDEN",
        "TOM BELL",
        "TOM BELL AND IDA MOSS",
        "IDA MOSS",
    }


def test_the_first_line_of_captions_in_capitals_lists_no_one():
    text = ">> ADA: WE FEAR\n\nTHE LIST.\n\n>> TOM: WHO?\n\n>> ME. I DO.\n"
    assert [one.label for one in labels_in(text, spoken=True).found] == ["ADA", "TOM"]
