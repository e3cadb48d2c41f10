"""The names that are in use for the columns of tables, in many languages and programs."""

from __future__ import annotations

FULL_NAME = "first and last name"
"""The column made of a first and a last name, where a table has one for each."""


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


COLUMNS = {
    "text": _names(
        """
        text content speech body utterance transcript full_text speech_text speech_content
        article_text message comment comment_text tweet tweet_text post_text post selftext
        statement maintext main_text clean_text raw_text text_body body_text article story
        response paragraph sentence caption msg texte texto testo tekst rede redetext inhalt
        contenu discours contenido intervention intervención intervenção intervento discurso
        wypowiedź texte_brut text_display text_original record.text fields.body_text
        content.rendered said äußerung aussage beitrag wortbeitrag kommentar nachricht antwort
        réponse commentaire parole propos respuesta comentario mensaje resposta comentário
        mensagem risposta commento anförande yttrande inlägg innlegg indlæg spreekbeurt
        reactie projev příspěvek transcription transkript transkription transcripción
        trascrizione dialogue dialog spoken_text video_description quote quotation zitat
        wystąpienie текст речь выступление сообщение النص نص 文本 内容 正文 发言 发言内容 發言
        發言內容 本文 発言 発言内容 テキスト 내용 발언 본문 contribution contribution_text
        verbatim verbatim_text remarks what_was_said what_they_said plain_text ocr_text
        page_text excerpt extract passage segment segment_text quotation_content coded_text
        coded_segment coded_segments segmento textsegment answer answer_text reply response_text
        open_answer open_response free_text comments vastaus svar odpowiedź odpověď odgovor
        válasz ответ antwoord
        """
    ),
    "speaker": (
        FULL_NAME,
        *_names(
            """
        speaker speaker_name member_name member mp_name mp person_name person participant_name
        participant user.screen_name screen_name page_name username user_name user.username
        user.name author.username user_login handle nick nickname display_name sender
        sender_name from_name from author author_name author.name user interviewee respondent
        speaker_full_name full_name fullname deputy legislator senator politician witness
        character name redner rednerin sprecher sprecherin orateur orador oratore spreker
        talare nom who locuteur locutrice intervenant enquêté interviewé parlementaire ponente
        entrevistado locutor parlante mluvčí mówca spreker_naam author_display_name
        author.handle author.display_name account.acct account.username account.display_name
        спикер оратор выступающий говорящий المتحدث 发言人 发言者 發言人 说话人 讲者 姓名
        発言者 話者 氏名 발언자 화자 이름 said_by spoken_by who_said_it who_spoke contributor
        attributed_to depute deputee senateur diputado diputada deputado deputada deputato
        deputata senatore senador abgeordneter abgeordnete kamerlid ledamot poslanec poseł
        kansanedustaja medlem speaker_id author_id user_id participant_id respondent_id
        """
        ),
    ),
    "label": _names("speaker_label label"),
    "document": _names(
        """
        document doc_id text_id document_id conversation_id link_id thread_id submission_id
        debate_id sitting_id hearing_id interview_id episode_id video_id dialogue_id dialog_id
        meeting_id transcript_id file file_name filename source_file doc_name document_name
        """
    ),
    "seq": _names("seq sequence speech_number turn_number turn_id turn speech_order"),
    "title": _names(
        """
        title headline debate_title agenda agenda_item article_title hearing_title
        episode_title video_title session_title post_title название заголовок العنوان 标题
        標題 题目 タイトル 제목 heading subject debate titel titre titulo titolo headline.main
        title.rendered fields.headline überschrift schlagzeile
        """
    ),
    "date": _names(
        """
        date created_at created_utc published_at published publish_date publication_date
        pub_date pubdate date_published published_date debate_date sitting_date speech_date
        session_date hearing_date post_created create_time date_created sent_at
        record.created_at post_created_date publikationsdatum date_seance interview_date
        post_date posted_at date_posted created created_time дата التاريخ 日期 日付 날짜
        datetime date_time datum fecha timestamp day data time year
        """
    ),
    "affiliation": _names(
        """
        affiliation position office_or_seat party speaker_party_name speaker_party party_name
        organisation organization institution partei fraktion fraction faction parti partido
        partito partij
        """
    ),
    "group": _names("group role_group speaker_role role"),
    "source": _names(
        """
        publication newspaper publisher outlet media_name source.name source_name source
        medium journal site domain source.title zeitung quelle periódico giornale krant
        source_domain
        """
    ),
    "author": _names(
        """
        author authors byline author_name journalist byline.original autor autorin auteur
        autore auteurs autores verfasser
        """
    ),
    "section": _names("section desk rubric"),
}
"""What a column can be, and the names by which it is known without being told, in any case and
with blanks, full stops, hyphens or nothing for the underscore."""

UNSURE_DATES = frozenset(["timestamp", "day", "data", "time", "year"])
"""Columns of dates only where they hold dates."""

POSTS = frozenset(
    (
        *("subreddit", "selftext", "tweet", "tweettext", "retweetcount", "retweets"),
        *("retweeted", "likecount", "likes", "favoritecount", "favouritescount", "hashtags"),
        *("inreplytostatusid", "inreplyto", "score", "upvotes", "permalink", "replycount"),
        *("createdutc", "parentid", "linkid", "userscreenname", "numcomments", "tweetid"),
        *("reposts", "threadid", "threadtitle", "forum", "subforum", "board", "postid"),
    )
)
TELL_PRESS = frozenset(
    (
        *("headline", "publication", "newspaper", "publisher", "outlet", "medianame"),
        *("sourcename", "byline", "url", "link", "publishedat", "publishdate"),
        *("publicationdate", "journalist", "section", "articletext", "webpublicationdate"),
        *("zeitung", "schlagzeile", "ressort", "headlinemain", "periodico", "giornale"),
    )
)

CODES = frozenset(["code", "codes", "kode", "codigo", "codesystem", "codegroup", "tag", "node"])
SEGMENTS = frozenset(
    (
        *("segment", "segmenttext", "segmento", "textsegment", "codedsegment", "codedsegments"),
        *("codedtext", "quotation", "quotationcontent", "quote", "excerpt", "passage", "content"),
    )
)
CODERS = frozenset(["author", "autor", "auteur", "user", "username", "coder", "createdby"])
"""Tables of coded segments, as MAXQDA and its like export them: who coded them is no speaker."""
