"""Files as they lie about: long turns, notes, what services add, dates in many languages."""

import io
import zipfile

import pytest

from analysis.corpus import Corpus, report
from analysis.errors import AnalysisError
from analysis.readers.date_forms import iso
from analysis.readers.notices import is_notice

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ASKS, SAYS = "When did they put up the cameras?", "In April. Nobody asked us."
TALK = [("Ida Berg", ASKS), ("Noor Khan", SAYS)] * 2
DATES = (
    *("4 марта 2021 г.", "4 березня 2021 року", "4 marca 2021", "4. března 2021"),
    *("4 Μαρτίου 2021", "4 Mart 2021", "4. maaliskuuta 2021", "2021. március 4."),
    *("2021 m. kovo 4 d.", "2021. gada 4. martā", "4. ožujka 2021.", "4 مارس 2021"),
    *(
        "2021년 3월 4일",
        "2021年3月4日",
        "ngày 4 tháng 3 năm 2021",
        "4.III.2021",
        "4 de marzo del 2021",
    ),
)
NOTICES = (
    *("Transcribed by https://otter.ai", "Transcript by Rev.com", "Transkribiert mit noScribe"),
    *("(Transcribed by TurboScribe.ai. Go Unlimited to remove this message.)",),
    *("Meeting ended after 00:41:20", "Sous-titres réalisés par la communauté d'Amara.org"),
    *("This editable transcript was computer generated and might contain errors.",),
    *("Transcribed by Ida Lorentz", "AI-generated content may be incorrect."),
)
SPEECH = (
    "Transcribed by hand and kept in a box.",
    *("The recording ended well.", "Captions by noon"),
    "AI-generated content is a threat to us.",
    "Machine-generated text will change how we teach.",
    "This document was created by the ministry to hide it.",
    "Meeting ended by the police with force.",
)


def _docx(lines):
    rows = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as book:
        book.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{WORD}"><w:body>{rows}</w:body></w:document>',
        )
    return sink.getvalue()


def _read(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    corpus = Corpus.read(path)
    spoken = corpus.utterances.groupby("speaker")["words"].sum()
    return corpus, {who: words for who, words in spoken.items() if who and words}


@pytest.mark.parametrize("written", DATES)
def test_a_date_in_words_is_understood_in_many_languages(written):
    assert iso(written) == "2021-03-04"


def test_a_month_whose_name_means_two_is_told_by_how_the_day_is_written():
    assert (iso("4. listopada 2021."), iso("4 listopada 2021")) == ("2021-10-04", "2021-11-04")


@pytest.mark.parametrize("line", NOTICES)
def test_what_a_service_adds_is_said_by_nobody(line, tmp_path):
    assert is_notice(line)
    text = "\n\n".join(f"{who}: {said}" for who, said in TALK)
    _, spoken = _read(tmp_path / "a.txt", f"{text}\n\n{line}\n")
    assert spoken == {"Ida Berg": 14, "Noor Khan": 10}


@pytest.mark.parametrize("line", SPEECH)
def test_a_sentence_like_a_notice_stays(line, tmp_path):
    text = "\n\n".join(f"{who}: {said}" for who, said in TALK)
    _, spoken = _read(tmp_path / "a.txt", f"{text}\n\n{line}\n")
    assert spoken["Noor Khan"] == 10 + len(line.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Interviewer:in: Wer war da?\nTeilnehmer:in 12: Niemand.\n" * 2,
            {"Interviewer:in": 6, "Teilnehmer:in 12": 2},
        ),
        (
            (
                "Interviewerin: Wer war da?\nBefragte:r 3: Ich.\nInterviewerin: Und?\n"
                "Befragte:r 3 [lacht]: Nur ich.\n"
            ),
            {"Interviewerin": 4, "Befragte:r 3": 3},
        ),
        (
            "I: Wer war da?\nB1: Ich.\nB1, B3: Wir.\nB?: Nie.\nI: Nie?\nB1: Nein.\n",
            {"I": 4, "B1": 2, "B1, B3": 1, "B?": 1},
        ),
        (
            (
                "MOD: Who was there?\nMARIA [laughs]: We were.\nMOD: All?\nMARIA (quietly): No.\n"
                "MOD: So?\nMARIA: Some.\n"
            ),
            {"MOD": 5, "MARIA": 4},
        ),
        (
            (
                "[Ida Berg] 14:02:11\nWho has it?\n\n[Noor Khan] 14:02:15\nNot me.\nNo.\n\n"
                "[Ida Berg] 14:02:21\nGood.\n"
            ),
            {"Ida Berg": 4, "Noor Khan": 3},
        ),
        (
            (
                "0:0:3.1 --> 0:0:5.1\nIda Berg\nWho has it?\n"
                "0:0:9.1 --> 0:0:11.1\nNoor Khan\nNot me.\n"
                "0:0:12.0 --> 0:0:13.0\nIda Berg\nGood.\n"
            ),
            {"Ida Berg": 4, "Noor Khan": 2},
        ),
        (
            (
                "PRESIDENT HOLT: Good morning.\n\nQ Who reads it?\n\nPRESIDENT HOLT: Nobody.\n\n"
                "Q And then?\n"
            ),
            {"PRESIDENT HOLT": 3, "Q": 5},
        ),
        (
            (
                "Präsidentin Ada Kern:\nIch eröffne.\n\nTim Brandt (SPD):\nWer liest das?\n\n"
                "(Beifall)\n\nNiemand.\n\nPräsidentin Ada Kern:\nDanke.\n"
            ),
            {"Präsidentin Ada Kern": 3, "Tim Brandt (SPD)": 4},
        ),
        (
            "<< יור >> עידה ברג: << יור >>\nשלום לכם.\n<< דובר >> נור חאן: << דובר >>\nתודה.\n" * 2,
            {"עידה ברג": 4, "נור חאן": 2},
        ),
    ],
)
def test_labels_of_typists_and_programs(tmp_path, text, expected):
    assert _read(tmp_path / "a.txt", text)[1] == expected


def test_times_from_and_to_before_lines_are_no_words(tmp_path):
    rows = "00:00:03.120 - 00:00:05.010: We met.\n00:00:09.120 - 00:00:11.010: At noon.\n"
    corpus, _ = _read(tmp_path / "a.txt", rows)
    assert int(corpus.utterances["words"].sum()) == 4


FACTIVA = (
    *("Buses Stay Unfilmed", "By Marta Quell", "9 words", "18 November 2022", "06:00"),
    *("The Courier", "LINDC", "4", "English", "Copyright 2022. All Rights Reserved."),
    *(
        "The operator will not film its drivers.",
        "A union agreed.",
        "Document LINDC0020221118eibi1",
    ),
)


@pytest.mark.parametrize("name", ["a.docx", "a.txt"])
def test_factiva_as_shown_has_no_names_of_fields(tmp_path, name):
    lines = [*FACTIVA, *(line.replace("Buses", "Trams").replace("18", "19", 1) for line in FACTIVA)]
    content = _docx(lines) if name == "a.docx" else "\n\n".join(lines)
    documents = _read(tmp_path / name, content)[0].documents
    assert documents["title"].tolist() == ["Buses Stay Unfilmed", "Trams Stay Unfilmed"]
    assert documents["date"].tolist() == ["2022-11-18", "2022-11-19"]
    assert documents["words"].tolist() == [10, 10]


def test_stories_parted_by_a_rule_keep_it_out_of_the_headline(tmp_path):
    story = (
        "{}\n\nJune 3, 2014 Tuesday\n\n{}\n\nLENGTH: 4 words\n\nOfficials declined to comment.\n\n"
    )
    story += (
        "LANGUAGE: ENGLISH\n\nCopyright 2014 The Post\nAll Rights Reserved\n\n-------------\n\n"
    )
    text = story.format("The Post", "One") + story.format("The Mail", "Two")
    documents = _read(tmp_path / "a.txt", text)[0].documents
    assert documents["title"].tolist() == ["One", "Two"]


def test_words_before_the_first_reference_are_a_comment(tmp_path):
    entry = "@ARTICLE{q,\n title={Buses},\n abstract={No film.}\n}\n"
    text = f"Scopus\nEXPORT DATE: 18 November 2022\n\n{entry}"
    documents = _read(tmp_path / "a.bib", text)[0].documents
    assert documents["title"].tolist() == ["Buses"]


def test_a_date_at_the_top_that_is_not_understood_is_said(tmp_path):
    dotted = _read(tmp_path / "a.md", "---\ntitle: A\ndate: 02.10.2019\n---\nWe met.\n")[0]
    assert dotted.documents["date"].tolist() == ["2019-10-02"]
    unclear = _read(tmp_path / "b.md", "---\ntitle: A\ndate: 02/10/2019\n---\nWe met.\n")[0]
    assert not any(unclear.documents["date"])
    assert "02/10/2019" in str([*report.describe(tmp_path / "b.md").notes["note"]])


def test_empty_fields_behind_a_row_are_none(tmp_path):
    text = "speaker,text\nIda,We met.,,\n,,,\nNoor,No.\n"
    assert _read(tmp_path / "a.csv", text)[1] == {"Ida": 2, "Noor": 1}
    with pytest.raises(AnalysisError, match="line 2"):
        _read(tmp_path / "b.csv", "speaker,text\nIda,We met,no.,\n")


def test_answers_are_the_texts_of_a_survey(tmp_path):
    corpus, _ = _read(tmp_path / "a.tab", "id\tgroup\tanswer\n1\tA\tWe met.\n2\tB\tNo idea.\n")
    assert len(corpus.documents) == 2


def test_words_one_a_line_beside_the_plain_sitting_are_another_form(tmp_path):
    name = "ParlaMint-DK_2015-10-06"
    (tmp_path / f"{name}.txt").write_text(f"{name}.u1\tVi begynder nu.\n")
    table = "Text_ID\tID\tTitle\tDate\tSpeaker_ID\tSpeaker_name\n"
    (tmp_path / f"{name}-meta.tsv").write_text(
        f"{table}{name}\t{name}.u1\tM1\t2015-10-06\tPia\tPia Falk\n"
    )
    (tmp_path / f"{name}.vert").write_text("<text>\n<s>\nVi\tvi\n</s>\n</text>\n")
    corpus = Corpus.read(tmp_path)
    assert len(corpus.documents) == 1
    assert "another form" in str(corpus.skipped)


def test_a_page_that_a_script_fills_is_said(tmp_path):
    script = f"<script>const data = {'x' * 9000!r}</script>"
    with pytest.raises(AnalysisError, match="script"):
        _read(tmp_path / "a.html", f"<html><body><div id='root'></div>{script}</body></html>")
    shown = f"<html><body><p>Please switch scripts on.</p>{script}</body></html>"
    (tmp_path / "b.html").write_text(shown)
    assert "scripts put" in str([*report.describe(tmp_path / "b.html").notes["note"]])


def test_captions_all_in_capitals_have_no_names_above_them(tmp_path):
    shown = ("THANK YOU, KEEPER", "THE COURT", "GOING DARK", "THE COURT", "THANK YOU, KEEPER")
    cues = "\n".join(
        f"{n + 1}\n00:00:0{n},000 --> 00:00:0{n},900\n{line}\nWILL BE HEARD\n"
        for n, line in enumerate(shown)
    )
    corpus, spoken = _read(tmp_path / "a.srt", cues)
    assert spoken == {}
    assert corpus.documents["words"].sum() == 27
