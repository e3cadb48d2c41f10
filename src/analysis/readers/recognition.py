"""The JSON of speech recognisers and of captions: segments, each with its words and its speaker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from analysis.errors import AnalysisError
from analysis.readers.captions import Cue, read_cues
from analysis.text.document import Document

_LISTS = (
    "segments",
    "utterances",
    "transcription",
    "monologues",
    "sentences",
    "audio_segments",
    "recognizedPhrases",
    "events",
    "snippets",
)
_ANSWERS = ("results", "result", "transcription", "transcript", "response", "output", "data")
_WORDS = ("punctuated_word", "text", "transcript", "sentence", "display", "utf8", "value", "word")
_SPEAKERS = ("speaker_name", "speaker", "speaker_label", "speaker_id", "speakerTag")
_TIMES = ("start", "start_time", "tStartMs", "offset", "ts", "timestamps", "duration", "end")


def segments_in(content: Any) -> list[Mapping[str, Any]] | None:
    """Return the segments that a recogniser's JSON holds, none if it is no such JSON.

    WhisperX, Whisper, whisper.cpp, Rev, AssemblyAI, Deepgram, Amazon, Azure, Google, Watson,
    YouTube (``json3``, youtube-transcript-api) and others of their make.

    Examples
    --------
    >>> segments_in({"segments": [{"start": 0, "text": " Yes.", "speaker": "SPEAKER_00"}]})
    [{'start': 0, 'text': ' Yes.', 'speaker': 'SPEAKER_00'}]
    >>> segments_in([{"speaker": "Ada", "text": "Yes."}]) is None
    True
    """
    if isinstance(content, list):
        return content if _are_segments(content, timed=True) else None
    if not isinstance(content, Mapping):
        return None
    for inner in _within(content):
        for name in _LISTS:
            found = inner.get(name)
            if isinstance(found, list) and _are_segments(found, timed=False):
                return found
    spoken = content.get("result")
    if isinstance(content.get("text"), str) and isinstance(spoken, list) and spoken:
        # Vosk gives the words beside the text that they make.
        return [content] if all("word" in _mapping(word) for word in spoken) else None
    results = content.get("results")
    items = _mapping(results).get("items")
    if isinstance(items, list):
        return _spoken_items(items, _speakers_by_start(_mapping(results).get("speaker_labels")))
    channels = _mapping(results).get("channels", results)
    return _alternatives(channels, content) if isinstance(channels, list) else None


def _within(content: Mapping[str, Any], depth: int = 3) -> Iterator[Mapping[str, Any]]:
    """Yield an answer, and what lies in it under the names that services give their results."""
    yield content
    for name in _ANSWERS if depth else ():
        if isinstance(content.get(name), Mapping):
            yield from _within(content[name], depth - 1)


def _alternatives(
    channels: list[Any], content: Mapping[str, Any]
) -> list[Mapping[str, Any]] | None:
    """Return the likeliest words of Deepgram, Google or Watson, with who says each if known."""
    chosen = []
    for channel in channels:
        choices = _mapping(channel).get("alternatives")
        chosen.append(_mapping(choices[0]) if isinstance(choices, list) and choices else {})
    # Google repeats all words, with their speakers, in the last of its results.
    tagged = (
        [word for word in _listed(chosen[-1], "words") if "speakerTag" in word] if chosen else []
    )
    words = tagged or [word for one in chosen for word in _listed(one, "words")]
    if words and all("speaker" in word or "speakerTag" in word for word in words):
        return _runs((_speaker(word), _words(word)) for word in words)
    told = content.get("speaker_labels")
    stamped = [
        row
        for one in chosen
        for row in one.get("timestamps") or []
        if isinstance(row, list) and len(row) == 3
    ]
    if isinstance(told, list) and stamped:
        named = {str(row.get("from")): _speaker(row) for row in told if isinstance(row, Mapping)}
        return _runs((named.get(str(start), ""), str(word)) for word, start, _ in stamped)
    rows = [one for one in chosen if isinstance(one.get("transcript"), str)]
    return rows or None


def _listed(row: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = row.get(name)
    return [one for one in rows if isinstance(one, Mapping)] if isinstance(rows, list) else []


def _runs(words: Iterable[tuple[str, str]]) -> list[Mapping[str, Any]]:
    """Return as segments the words of each speaker up to the next one's."""
    found: list[dict[str, Any]] = []
    for who, word in words:
        if found and found[-1]["speaker"] == who:
            found[-1]["text"] += f" {word}"
        else:
            found.append({"speaker": who, "text": word})
    return [*found]


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _speakers_by_start(labels: Any) -> dict[str, str]:
    """Return who speaks at which time, where Amazon Transcribe says it apart from the words."""
    segments = _listed(_mapping(labels), "segments")
    words = (word for segment in segments for word in _listed(segment, "items"))
    return {str(word.get("start_time")): _speaker(word) for word in words}


def _spoken_items(items: list[Any], speakers: Mapping[str, str]) -> list[Mapping[str, Any]] | None:
    """Return as segments the single words of Amazon Transcribe, each with who says it."""
    found: list[dict[str, Any]] = []
    for item in items:
        choices = _mapping(item).get("alternatives")
        first = _mapping(choices[0]) if isinstance(choices, list) and choices else {}
        word = first.get("content")
        if not isinstance(word, str):
            return None
        who = _mapping(item).get("speaker_label") or speakers.get(str(item.get("start_time")))
        who = who or (found[-1]["speaker"] if found else "")
        between = "" if _mapping(item).get("type") == "punctuation" else " "
        if found and found[-1]["speaker"] == who:
            found[-1]["text"] += between + word
        else:
            found.append({"speaker": who, "text": word})
    return [*found] or None


def _are_segments(rows: list[Any], *, timed: bool) -> bool:
    some = rows[:20]
    return bool(some) and all(
        isinstance(row, Mapping)
        and (not timed or ("text" in row and "start" in row and {"duration", "end"} & row.keys()))
        and (any(name in row for name in (*_WORDS, *_TIMES, "elements", "nBest", "segs")))
        for row in some
    )


def read(document: str, segments: list[Mapping[str, Any]], where: str = "") -> Document:
    """Read a recogniser's segments: those of one speaker, one after the other, are one utterance.

    Parameters
    ----------
    document : str
    segments : list of mapping
        As :func:`segments_in` found them.
    where : str, optional
        The file, for the error message.

    Returns
    -------
    analysis.text.document.Document
        A segment without a speaker, among others that have one, is nobody's.

    Raises
    ------
    AnalysisError
        If a segment is no object, or there are no words.
    """
    return read_cues(document, list(_cues(segments, where or document)), where=where)


def _cues(segments: Iterable[Any], where: str) -> Iterator[Cue]:
    segments = list(segments)
    if not all(isinstance(segment, Mapping) for segment in segments):
        raise AnalysisError(where, "a segment that is no object", "segments with a text each")
    speakers = [_speaker(segment) for segment in segments]
    named = any(speakers)
    for segment, speaker in zip(segments, speakers, strict=True):
        start, end = _number(segment.get("start")), _number(segment.get("end"))
        lines = tuple(line.strip() for line in _words(segment).splitlines() if line.strip())
        yield Cue(start, end or start, lines, speaker or (None if named else ""))


def _number(value: Any) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0


def _speaker(segment: Mapping[str, Any]) -> str:
    for name in _SPEAKERS:
        value = segment.get(name)
        if isinstance(value, bool):
            continue
        if isinstance(value, int):
            return f"Speaker {value}"
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return ""


def _words(segment: Mapping[str, Any]) -> str:
    for name, between in (("segs", ""), ("elements", ""), ("nBest", None)):
        inner = segment.get(name)
        if isinstance(inner, list):
            parts = [_words(part) for part in inner if isinstance(part, Mapping)]
            return parts[0] if between is None and parts else "".join(parts)
    for name in _WORDS:
        value = segment.get(name)
        if isinstance(value, str):
            return value
    return ""
