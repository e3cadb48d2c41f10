"""Denial as a matter of scope: several sentences of our own for each kind."""

import os
from pathlib import Path

import pytest

from analysis.voices import load_pipeline, stance

PIPELINE = Path(os.environ.get("ANALYSIS_PIPELINE") or Path(__file__).parents[2] / ".pipeline")
TERMS = (
    "mass surveillance",
    "bulk collection",
    "effective oversight",
    "backdoor",
    "privacy rights",
    "national security",
    "warrant",
    "suspicion",
)

DENIED = {
    "verbs that pass negation up": """
        I don't think this is mass surveillance.
        We do not believe that it amounts to mass surveillance.
        She did not suppose that it was bulk collection.
        I do not consider this mass surveillance.
        It does not seem to be bulk collection.
        He doesn't expect that the bill will lead to mass surveillance.
        The firm does not want to build a backdoor.
        They did not intend to introduce bulk collection.
        I wouldn't say that we have mass surveillance.
        I would not call it mass surveillance.
        We never planned to begin bulk collection.
        I do not for one moment accept that this is mass surveillance.
        I really don't believe that what we run here is mass surveillance.
        "I do not think it is mass surveillance," said Ann Moss.
        It is not as if we had mass surveillance here.""",
    "never, with words between": """
        The agency has never, at any time, in any country, engaged in mass surveillance.
        We have never once, under any government, carried out bulk collection.
        At no time did the service engage in bulk collection.
        Under no circumstances do we conduct mass surveillance.
        In no way is this mass surveillance.
        Never has this agency carried out mass surveillance.
        We have not, as the minister knows, conducted bulk collection.""",
    "adverbs as good as a negation": """
        This is hardly mass surveillance.
        It is scarcely mass surveillance.
        The service seldom engages in bulk collection.
        They rarely resort to bulk collection.
        There is hardly any bulk collection in this country.
        There has been barely any effective oversight.
        There is not a shred of evidence of mass surveillance.
        This is not at all mass surveillance.
        We no longer carry out bulk collection.""",
    "negative determiners": """
        There is little evidence of mass surveillance.
        There is no evidence of bulk collection.
        The inquiry found no sign of mass surveillance.
        No bulk collection takes place here.
        There is no bulk collection and no backdoor.
        The law provides no effective oversight.
        Few see any sign of mass surveillance.
        We have no plans to introduce bulk collection.
        There was no "effective oversight" of the programme.
        Neither agency conducts bulk collection.
        The order harms no one and needs no warrant.
        It is not a judge issuing a warrant.""",
    "negative subjects": """
        Nobody is engaged in mass surveillance.
        No one here carries out bulk collection.
        None of us does bulk collection.
        Nothing in the bill permits bulk collection.
        Nothing we do amounts to mass surveillance.
        No agency of this government conducts mass surveillance.
        Neither the agency nor the police conduct bulk collection.""",
    "predicates that deny": """
        The idea that this is mass surveillance is simply wrong.
        The claim of mass surveillance is false.
        The suggestion that we do bulk collection is nonsense.
        The notion that this is mass surveillance is a myth.
        It is false that the service runs bulk collection.
        It is a myth that the agency carries out mass surveillance.
        It is not true that we do bulk collection.
        It would be wrong to call this mass surveillance.
        It is misleading to describe it as bulk collection.
        It would be a mistake to think this is mass surveillance.
        It is absurd to suggest that this is mass surveillance.
        Claims of mass surveillance are wide of the mark.
        Talk of a backdoor is hogwash.
        I find it hard to believe there is a backdoor.
        It is laughable to suggest that this is mass surveillance.
        To call this mass surveillance is an insult to the facts.
        Describing it as bulk collection is simply wrong.
        Mass surveillance is a fiction.
        Mass surveillance is simply not what we do.
        Bulk collection is over.
        Bulk collection is dead.
        Mass surveillance is not happening here.
        Mass surveillance would never return.
        The notion that our phones carry a backdoor is plainly mistaken, said Ann Moss.
        The suggestion that the toys hold a backdoor is, Ms Moss said, "pure invention".
        The reports of mass surveillance turned out to be false.""",
    "verbs that deny": """
        The agency denied that it engages in mass surveillance.
        He denies any bulk collection.
        She dismissed claims of mass surveillance.
        They rejected the suggestion that it was bulk collection.
        The report dispelled the myth of mass surveillance.
        The minister refuted allegations of mass surveillance.
        The agency ruled out bulk collection.
        He brushed aside suggestions of mass surveillance.
        The company shrugged off talk of a backdoor.
        She disputes that this is mass surveillance.
        Ministers played down fears of mass surveillance.
        The judge rebutted the charge of bulk collection.
        The court threw out claims of mass surveillance.
        The report demolished the claim of mass surveillance.
        His dismissal of mass surveillance claims angered them.""",
    "nouns that deny": """
        The statement was a rejection of accusations of mass surveillance.
        His denial of bulk collection was firm.
        The absence of effective oversight was plain.
        There is a lack of effective oversight.
        The failure to provide effective oversight was plain.
        Her refusal to build a backdoor was firm.
        The inability to carry out bulk collection was plain.""",
    "verbs that say it does not come about": """
        The state is failing to provide effective oversight.
        The company refused to build a backdoor.
        The firm declined to build a backdoor.
        They avoided bulk collection.
        The agency stopped carrying out bulk collection.
        The court prevented the agency from carrying out bulk collection.
        The agency ended bulk collection.
        The government has abandoned bulk collection.
        The police refrained from bulk collection.
        The bill lacks effective oversight.
        A system of bulk collection planned at Leeds was cancelled.
        The ministry dropped plans for bulk collection.
        Bulk collection was banned in March.
        The bill stripped them of privacy rights.
        Villagers were deprived of effective oversight.
        They have failed to secure effective oversight of the fund.
        They have yet to introduce effective oversight.""",
    "rather than, far from": """
        This is targeted work rather than mass surveillance.
        We need warrants instead of bulk collection.
        It is far from mass surveillance.
        Far from being mass surveillance, it is a narrow tool.
        It is anything but mass surveillance.
        There is no such thing as a backdoor.
        It is nothing like mass surveillance.
        They cannot read one message, let alone conduct mass surveillance.
        The system is free of bulk collection.""",
    "impossibility": """
        We cannot carry out bulk collection.
        The agency is unable to carry out bulk collection.
        It is impossible to conduct mass surveillance.
        It is not possible to conduct mass surveillance.
        The agency is not able to conduct bulk collection.
        The budget is too small to conduct mass surveillance.
        The budget is not large enough to conduct mass surveillance.""",
    "denial in the next sentence": """
        Mass surveillance? No.
        Mass surveillance? That is not what we do.
        Is this mass surveillance? No, it is not.
        Bulk collection? Absolutely not.
        Bulk collection? Nonsense.
        People talk about mass surveillance. None of that is true.
        They say that we carry out mass surveillance. We don't.
        They say this is bulk collection. That is simply not true.
        Critics accuse us of mass surveillance. They are wrong.
        Does it lead to mass surveillance? It does not.
        Bulk collection? Not here.
        Mass surveillance? Not on my watch.
        Mass surveillance? Give me a break.
        Mass surveillance? Nothing could be further from the truth.""",
    "question and answer in one sentence": """
        Asked whether the programme amounted to mass surveillance, the general said that it did not.
        Asked if the agency engaged in bulk collection, he said no.
        Pressed on whether it was mass surveillance, she replied that it was not.""",
    "double negation that still denies": """
        I do not deny that there is no bulk collection.
        There is no doubt that this is not mass surveillance.
        We do not do bulk collection or mass surveillance.""",
}

ASSERTED = {
    "without in an adjunct of another verb": """
        Bulk collection without suspicion violates privacy.
        Searching a phone without a warrant is unlawful.
        The police must not search a phone without a warrant.
        It protects the public without endangering national security.
        Nobody should be searched without a warrant.
        The power to search without a warrant alarms me.
        Without effective oversight, power curdles.""",
    "comparison under a negative subject": """
        No organisation does more to protect privacy rights.
        Nobody works harder to defend privacy rights.
        No minister has been more open about mass surveillance.
        No government has done more for national security.
        It could not be clearer that this is mass surveillance.""",
    "not inside the subject": """
        People who do not encrypt are open to mass surveillance.
        Those who never complain invite mass surveillance.
        Not telling the public about it is mass surveillance.
        A company that does not answer supports bulk collection.
        What we do not see is bulk collection on a grand scale.""",
    "the negated verb leaves its object alone": """
        The agency did not break laws in pursuing bulk collection.
        You have not surrendered your privacy rights.
        Bulk collection does not trouble anyone here.
        The report does not mention bulk collection.
        They did not discuss the backdoor.
        He did not know about bulk collection.
        The bill does not weaken privacy rights.
        The state must not undermine privacy rights.
        We will never give up our privacy rights.
        The ministers have not explained the backdoor.
        Nobody can find the backdoor now.""",
    "double negation": """
        The agency did not deny that it engages in mass surveillance.
        It cannot be denied that this is mass surveillance.
        Nobody denies that there is mass surveillance.
        It is a mistake to think this is not mass surveillance.
        It would be wrong to say there is no effective oversight.
        It is not true that there is no bulk collection.
        We do not lack effective oversight.
        They did not fail to provide effective oversight.
        I don't believe that there is no effective oversight.
        There is no denying that this is mass surveillance.
        No one doubts that this is mass surveillance.
        We never once doubted that it was mass surveillance.
        There is no disputing that this was mass surveillance.
        The court did not reject the claim of mass surveillance.
        It is not impossible to conduct mass surveillance.""",
    "rejecting what is there": """
        Parliament rejected a general proposal to limit bulk collection.
        The court dismissed the lawsuit over bulk collection.
        They rejected a bill on bulk collection.
        The judge refused the request for a warrant.
        The law lets them challenge the denial of a warrant application.""",
    "strengthened by a negation": """
        There is no doubt that this is mass surveillance.
        It is not only mass surveillance that worries me.
        This is not just bulk collection.
        It is no secret that the agency does bulk collection.
        There is no question that this is mass surveillance.
        It was not until June that the agency began bulk collection.""",
    "another clause is denied": """
        She did not come because bulk collection troubles her.
        Nobody came; bulk collection went on.
        He was not there when bulk collection began.
        They do not ask unless bulk collection is at stake.
        The agency, which does not publish its rules, runs bulk collection.
        Although nobody voted for it, bulk collection goes on.
        He does not vote, and mass surveillance goes on.""",
    "reported, not denied": """
        The minister did not say that this was mass surveillance.
        She did not know that the agency did bulk collection.
        He forgot that the agency did bulk collection.
        They never realised that this was mass surveillance.""",
    "condition and question": """
        If there is no effective oversight, the law must change.
        Unless there is effective oversight, the bill will fail.
        Is there no effective oversight?
        Do they not engage in mass surveillance?
        If the agency did not do bulk collection, it would say so.
        If he had carried another phone, there would not be a backdoor.""",
    "forbidding": """
        The state must not permit bulk collection.
        They should not let bulk collection go on.
        They want bulk collection to be banned.
        We must not allow mass surveillance.""",
    "exceptions": """
        There is no effective oversight but that of the judges.
        It is mass surveillance, not a targeted search.
        Not everyone agrees that this is mass surveillance.
        It isn't abuse that worries me but mass surveillance.
        It is not a search but mass surveillance.""",
}

HEDGED = """
    It may lead to mass surveillance.
    Bulk collection could return.
    They fear mass surveillance.
    Perhaps this is mass surveillance.
    It is possible that this is bulk collection.
    If the bill passes, it will bring bulk collection.
    The bill would allow bulk collection if it passed.
    He asked whether this was mass surveillance.
    The agency allegedly engaged in bulk collection.
    It seems to be mass surveillance.
    She warned that it might become mass surveillance.
    The plan is likely to bring mass surveillance.
    A new law would bring mass surveillance.
    Is this mass surveillance?
    They want to introduce bulk collection.
    They suspect bulk collection."""

PLAIN = """
    Theresa May introduced bulk collection in June.
    May said that bulk collection goes on.
    Mrs May defended bulk collection.
    In May the agency began bulk collection.
    By chance the agency found the backdoor.
    A chance meeting brought bulk collection to light.
    The agency carries out bulk collection.
    This is mass surveillance.
    I think this is mass surveillance.
    I would say that this is mass surveillance.
    The minister said that the law would bring bulk collection.
    The inquiry found that the agency carried out bulk collection.
    This is mass surveillance, isn't it?"""


def lines(table):
    return [(kind, line.strip()) for kind, text in table.items() for line in text.split("\n")[1:]]


def judge(text, tree=None):
    low = text.lower()
    term = next(term for term in TERMS if term in low)
    places = [low.rindex(term)] if low.count(term) > 1 else [low.index(term)]
    return stance(text, places[0], places[0] + len(term), tree=tree)


@pytest.fixture(scope="module")
def parser():
    if not PIPELINE.exists():
        pytest.skip("no spaCy pipeline: set ANALYSIS_PIPELINE or install one into .pipeline")
    loaded = load_pipeline(str(PIPELINE))
    from analysis.voices.english import parse

    return lambda text: parse.tree(text, loaded)


@pytest.mark.parametrize(("kind", "text"), lines(DENIED))
def test_denied(kind, text):
    assert judge(text).negated, kind


@pytest.mark.parametrize(("kind", "text"), lines(ASSERTED))
def test_not_denied(kind, text):
    assert not judge(text).negated, kind


@pytest.mark.parametrize("text", [line.strip() for line in HEDGED.split("\n")[1:]])
def test_hedged(text):
    assert judge(text).hedged


@pytest.mark.parametrize("text", [line.strip() for line in PLAIN.split("\n")[1:]])
def test_plain(text):
    found = judge(text)
    assert not found.hedged
    assert not found.negated
