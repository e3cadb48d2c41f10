"""Words that stand before a colon and name no one: fields of a form, rubrics, turns of phrase."""

from __future__ import annotations

import re

_FIELDS = frozenset(
    re.findall(
        r"\S+",
        """
absent abstract accession acknowledgements acknowledgment action address advice affiliation after
agency agenda aim aims analysis anmerkung apologies appearances appendix archive article articles
assumption asunto attachment attendance attendees aufnahme authors autor autores background bad
bcc before betreff bio birth blog body book breaking budget bug byline caption captions case
categories category cause caution cc chapter citation cite city claim claims classification clave
clip code collection column comment comments company conclusion conclusions condition cons contact
contacts content contents context copyright corollary correction corrections cost costs count
country credit credits criteria data database date dated dateline dates datum dauer deadline
definition dek deliverables department desc description destination details discussion district
doc docket document documents doi domain dossier draft due duration durée duur edition editors
education effect email emails embargo encl end ends entry error evidence example examples
exception exhibit experience fact facts fallacy false fax fazit fecha feedback fiction figure file
filed filename files findings focus footer footnote for format frage from fun funding future genre
geographic goal goals good grade graphic grund header headline highlight highlights hint hinweis
history hobbies homepage hour hours http https hypothesis id idea ideas image images impact
important index industry info information ingredients input inputs instructions interview
interviewed interviews intro introduction isbn issn issue issues item items jahr job journal
judgment justification key keyword keywords kind label language languages legend length lesson level
licence license lieu lieux limitations line link links list load locale location lugar luogo länge
mail main matter media message messages method methodology methods minutes misconception
misinformation mission mode monat month motion motto myth myths name names nb news newspaper next
nom nota note notes notice notification now number objective objectives objet observers office
oggetto opinion option options order organisation organization origin original ort outline output
overview page pages palabras panel panels paragraph part parties past path pdf phase phone photo
photos picture pitfall place plan platform point points position positive possible post posted
posts preface premise prerequisites presence present price priority problem problems procedure
process product products profile program programme project proof proposal pros ps publication
published publisher purpose quelle quotation quote ranking rating ratings re reality reason
reasons received recommendation recommendations recorded recording ref reference references
regarding region related relevance remark remarks remedy reply report required requirements
research result results return revised revision risk risks role room round rubrik rule rules
ruling rumor rumour scene schedule schlagwörter scope score season section sections see seite sent
series session setting sex share shared show sign signed similar size slug solution solutions
source sources spam start state statement status step steps stop story strategy strength strengths
style subject subjects subjekt subsection subtitle suggestion suggestions sujet summary supplement
symptoms synopsis table tables tag tags target task tasks technology tel telephone tema term terms
test text thema theme themes then thesis threat threats ticker time times timestamp timing tip
tips titel title titles titolo titre titulo to topic topics total trailer transcribed transcript
translated translation true truth type types título uhrzeit undisclosed unit update updated
updates url usage username utc value values venue verdict version via video volume vs warning
watch weakness weaknesses web website week what when where whereas whereby wherefore which who why
word words workshop www year years zeit zusammenfassung allergies arguments assessment authority
bonus caveat complaint concurrence counterargument diagnosis disposition dissent held holding
implications judgement medications observation observations outcome outcomes procedural prognosis
quiz reasoning refutation rebuttal rulings scenario spoiler symptom syllabus takeaway takeaways
treatment trivia weight height colour color material warranty quantity
автор дата заголовок источник место название примечание тема الموضوع تاريخ 主题 件名
作者 地点 場所 日時 日期 时间 来源 标题 날짜 제목 출처
""",
    )
)
_PHRASES = frozenset(
    re.findall(
        r"\S+",
        """
actually additionally again also and anyway basically because besides but clearly consider
december each eight equals every february fifth finally first firstly five four fourth friday
furthermore he hence here how however if imagine indeed instead it january july lastly least
less listen look maybe meanwhile minus monday more moreover most namely nevertheless nine no not
november obviously october one only or otherwise perhaps plus read remember saturday second
secondly september seven she six so some specifically still such sunday ten that there therefore
these they think third thirdly this those three thursday thus today tomorrow tuesday two
ultimately we wednesday well yes yesterday you
""",
    )
)
_SMALL = frozenset(
    re.findall(
        r"\S+",
        """
a an the of and or for in on to by at with de du des la le les der die das und von et no nr n
i ii iii iv v vi vii viii ix x your our my their its is are was key main full short long
""",
    )
)
_HEADS = frozenset(
    re.findall(
        r"\S+",
        """
abstract byline code codes conclusion conclusions copyright datum date dates dauer doi duration
email fax fecha findings headline id ids isbn issn keywords language length location number nummer
ort participants phone recommendation recommendations sprache summary telephone title titles type
types url website
""",
    )
)
"""The nouns that make a field of whatever stands before them: ``Publication date``."""
_NEVER_ALONE = _FIELDS | _PHRASES
_SALUTATIONS = frozenset(["sir", "sirs", "madam", "sir or madam"])
_WORD = re.compile(r"[^\W\d_]+")
_OPENS = re.compile(r"(?:BY|RE|APPEARANCES|PRESENT|ALSO PRESENT|BEFORE)\b")
_INITIALS = re.compile(r"(?:[^\W\d_]\. ?){2,4}")
_CALLED = re.compile(
    r"(?:mr|mrs|ms|miss|dr|prof|professor|sir|dame|lord|lady|rep|representative|sen|senator|judge"
    r"|justice|minister|hon|capt|captain|sgt|lt|col|gen|general|frau|herr|mme|m|sra?|don"
    r"|the (?:state|court|people))\b\.?",
    re.IGNORECASE,
)


def is_phrase(label: str) -> bool:
    """Return whether words before a colon only lead on to what follows it.

    Examples
    --------
    >>> is_phrase("But remember this"), is_phrase("Ada remembers"), is_phrase("Note")
    (True, False, False)
    """
    words = [word.lower() for word in _WORD.findall(label)]
    leads = bool(words) and words[0] in _PHRASES
    return leads and all(word in _PHRASES or word in _SMALL for word in words[:2])


def is_field(label: str) -> bool:
    """Return whether words before a colon name a field or a rubric, and no one who speaks.

    Examples
    --------
    >>> [is_field(label) for label in ("LENGTH", "Load-Date", "MYTH #2", "DATE OF BIRTH")]
    [True, True, True, True]
    >>> [is_field(label) for label in ("MR. PAGE", "Ann Price", "JUROR NO. 7", "R1")]
    [False, False, False, False]
    """
    if _OPENS.match(label) or label.lower().removeprefix("dear ") in _SALUTATIONS:
        return True
    if _CALLED.match(label) or _INITIALS.fullmatch(label):
        return False
    words = [word.lower() for word in _WORD.findall(label)]
    named = [word for word in words if word not in _SMALL]
    if not words or not named:
        # "I" and "A" are small words, and the commonest labels of all.
        return len(words) > 1
    return named[-1] in _HEADS or all(word in _NEVER_ALONE for word in named)
