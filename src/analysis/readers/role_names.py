"""The words for what somebody does in a talk, in many languages: they are labels by themselves."""

from __future__ import annotations

import re

ROLES = frozenset(
    re.findall(
        r"\S+",
        """
anketar anketer ankieter ankieterka announcer answer araştırmacı attendee attorney audience
badacz badaczka bailiff başkan befragende befragender befragte befragter caller captioner chair
chairman chairperson chairwoman child clerk client coach commissioner companion counsel counselor
court customer deelneemster deelnemer defendant deltagare deltager deputada deputado deputy
diputada diputado director doctor dotazovaná dotazovaný elnök emcee employee encuestada
encuestado encuestador encuestadora enquêteur enquêtrice enquêté enquêtée entrevistada
entrevistado entrevistador entrevistadora entrevistadores enumerator examiner expert facilitator
father female fieldworker formanden geïnterviewde guest görüşmeci haastateltava haastattelija
host hostess informant informanter instructor int interjúalany interpreter intervieuwer
intervievat intervievator interviewalany interviewee interviewer interviewerin interviewpartner
interviewpartnerin interviewé interviewée intervistato intervistatore intervjuare intervjuer
investigador investigadora ispitanica ispitanik journalist judge juror katılımcı kérdező lecturer
listener locuteur locutrice male man marszałek mc member mentor minister moderador moderadora
moderatoare moderator moderatore moderatorin moderatör moderátor moderátorka modérateur
modératrice mother multiple místopředseda narrator nurse observer officer onderzoeker operator
operatör opytujúci osallistuja panelist panellist parent partecipante participant participante
participantă patient person pesquisador pesquisadora petitioner plaintiff player poseł poslanec
poslankyně posłanka presenter president presidenta presidente presidenten press principal proband
probandin professor prosecutor prowadząca prowadzący przewodnicząca przewodniczący président
présidente puhemies pupil předseda předsedající question questioner recorder reporter
representative researcher resident respondent respondenten respondentka responder ricercatore
ricercatrice rozmówca rozmówczyni résztvevő scribe secretary senator speaker spokesman
spokesperson spokeswoman sprecher sprecherin staff student sudionica sudionik surveyor talmannen
tazatel tazatelia tazatelka teacher teilnehmende teilnehmender teilnehmer teilnehmerin therapist
trainer translator tázající uczestniczka uczestnik udeleženec udeleženka unidentified unknown
viewer visitor voditelj voditeljica voice voices volunteer voorzitter válaszadó wicemarszałek
witness woman worker účastnice účastník účastníčka ερευνήτρια ερευνητής ερωτώμενος προεδρεύων
πρόεδρος συμμετέχουσα συμμετέχων συνεντευκτής ведущая ведущий водитељ вопрос відповідь голова
головуюча головуючий депутат дослідник дослідниця интервьюер интервьюируемый интервюиращ
испитаник исследователь модератор модераторка опрашивающий ответ питання председатель
председательствующий респондент респондентка учасник учасниця участник участница участничка
інтерв'юер מנחה מראיין מראיינת מרואיין מרואיינת משתתף משתתפת שאלה שואל תשובה الباحث الباحثة
الرئيس السائل الصحفي المبحوث المحاور المحاورة المذيع المستجيب المشارك المشاركة المقابل جواب سؤال
उत्तरदाता प्रतिभागी साक्षात्कारकर्ता 主席 主持 主持人 会長 協力者 参加者 受訪者 受访者 司会
司会者 問 嘉宾 回答者 委員長 採訪者 答 聞き手 被訪者 被访者 記者 訪員 訪談者 話し手 調査者 議長
记者 访员 访谈者 質問者 采访者 问 답변 면담자 면접자 사회자 위원장 응답자 의장 진행자 질문 참여자
""",
    )
)
"""In small letters; ``Interviewer 2`` and ``受访者A`` are the same with what tells them apart."""
