"""Tables for telling people from bodies: first names by gender, titles, role nouns."""

from __future__ import annotations

from analysis.voices.english.wordlist import words

MALE = words(
    """aaron abdul abraham adam adrian ahmed al alan albert alec alejandro alex alexander
    alfred ali allan allen alvin amir anders andre andreas andrew andy angus anthony
    antonio antony archie arnold arthur asif austin barack barry bart ben benjamin
    bernard bernie bert bill billy blake bob bobby boris brad bradley brandon brendan
    brent brett brian bruce bryan bryce byron callum calvin cameron carl carlos cecil
    cedric chad charles charlie chester chris christian christopher chuck clarence
    claude clayton cliff clifford clint clinton clyde cody colin connor conor corey cory
    craig curt curtis cyril dale damian dan daniel danny daren darrell darren darryl
    dave david dean denis dennis derek desmond devin diego dmitri dominic don donald
    donnie doug douglas drew duane duncan dustin dwight dylan earl ed eddie edgar edmund
    eduardo edward edwin eli elias elliot elliott elon emmanuel enrique eric erik ernest
    ernie ethan eugene evan ezra felix fernando finn francis francisco frank franklin
    fred freddie frederick fredrik gabriel gareth garrett gary gavin gene geoff geoffrey
    george gerald gerard giles glen glenn gordon graham grant greg gregory guido gus guy
    hamid harold harris harry harvey hassan hector henry herbert herman horace howard
    hugh hugo humphrey ian ibrahim igor imran isaac ivan jack jackson jacob jake jamal
    james jamie jared jason javier jay jeb jeff jefferson jeffrey jeremy jerome jerry
    jesse jim jimmy joaquin joe joel johan john johnny jon jonah jonathan jorge jose
    joseph josh joshua juan julian julio justin karl keith ken kenneth kent kevin kirk
    kofi kurt kyle lance larry lars laurence lawrence lee len leo leon leonard leroy
    leslie lewis liam lindsey lionel lloyd logan lou louis lucas luis luke mahmoud
    malcolm manuel marc marcel marco marcus mario mark martin marvin mateo matt matteo
    matthew maurice max mel michael mick miguel mike miles milton mitch mitt mohamed
    mohammad mohammed morgan moses muhammad murray nate nathan nathaniel neal ned neil
    nelson newt nicholas nick nicolas nigel noah noel norman oliver omar orlando oscar
    otto owen pablo patrick paul pedro percy pete peter phil philip phillip pierre piers
    rafael rahul ralph ramon rand randall randy raul ravi ray raymond reggie reince rex
    ricardo richard rick ricky rob robbie robert roberto rod roderick rodney roger
    roland ron ronald ronnie rory ross roy rudolph rudy rupert rush russ russell ryan
    salman sam samir samuel santiago saul scott sean sebastian sergei sergio seth shane
    shaun sheldon sid sidney silvio simon spencer stan stanley stefan stephen stephan
    steve steven stewart stuart ted terence terrence terry theo theodore thomas tim
    timothy toby todd tom tommy tony travis trevor trey tristan tyler vernon victor
    vince vincent vladimir wade wallace walt walter warren wayne wendell wesley wilbur
    will willard william willie winston xavier yusuf zac zach zachary"""
)
FEMALE = words(
    """abby abigail ada agnes aisha alana alexandra alexis alice alicia alison allison alma
    amanda amber amelia amina amy ana andrea angela angelina anita ann anna anne annette
    annie april arlene ashley audrey aung ava barbara beatrice becky bella bernadette
    bernice bertha beth betsy betty beverly bonnie brenda bridget brittany camilla
    candace carla carly carmen carol carolina caroline carolyn carrie cassandra
    catherine cathy cecilia charlotte chelsea cheryl chloe christina christine cindy
    claire clara claudia colleen condoleezza connie constance courtney crystal cynthia
    daisy dana danielle daphne dawn deborah debbie debra dee delia denise diana diane
    dianne dolores donna dora doris dorothy edith edna eileen elaine eleanor elena elise
    eliza elizabeth ella ellen elsie emily emma erica erin esther ethel eva evelyn faith
    fatima felicia fiona flora florence frances gabrielle gail georgia geraldine gina
    ginger gladys glenda gloria grace greta gretchen gwen hannah harriet hazel heather
    heidi helen helena hilary hillary hope huma ida imogen ines ingrid irene iris isabel
    isabella ivanka ivy jackie jacqueline jan jane janet janice jasmine jean jeanette
    jeanne jenna jennifer jenny jessica jill jo joan joanna joanne jocelyn josephine joy
    joyce juanita judith judy julia julie june karen kate katherine kathleen kathryn
    kathy katie katrina kay kayla kelly kellyanne kerry kim kimberly kirsten kirsty
    kristen kristin kristina lana laura lauren leah leila lena leticia lillian lily
    linda lisa lois loretta lori lorraine louise lucille lucy lydia lynn mabel madeleine
    madeline maggie mandy marcia margaret maria marian marianne marie marilyn marion
    marjorie marlene marsha martha mary maureen mavis maxine meagan megan megyn melania
    melanie melinda melissa mercedes meredith mia michele michelle mildred millie
    miranda miriam moira molly mona monica muriel myra nadia nancy naomi natalie natasha
    nichole nicola nicole nikki nina nora norma olga olive olivia opal pam pamela
    patricia patsy patty paula pauline pearl peggy penelope penny phoebe phyllis priya
    priscilla rachel ramona rebecca regina renee rhonda rita roberta robin rosa rosalind
    rose rosemary roseann roxanne ruby ruth sabrina sadie sally samantha sandra sara
    sarah selena sharon sheila shelley sherry shirley sonia sophia sophie stacey stacy
    stella stephanie sue susan susannah suzanne sybil sylvia tabitha tamara tammy tanya
    tara teresa tess thelma theresa tiffany tina toni tracey tracy trudy ursula valerie
    vanessa vera veronica vicki victoria viola violet virginia vivian wanda wendy
    whitney wilma winifred yasmin yolanda yvette yvonne zoe"""
)

MALE_TITLES = words(
    """mr mister sir lord king prince father brother congressman baron duke viscount alderman
    herr monsieur señor senor senhor signor shri alhaji archbishop cardinal emperor assemblyman"""
)
FEMALE_TITLES = words(
    """mrs ms miss lady dame queen princess sister congresswoman mme baroness duchess countess
    frau madame mademoiselle señora señorita senora senhora signora smt shrimati alhaja hajia
    abbess prioress viscountess empress alderwoman assemblywoman"""
)
TITLES = (
    MALE_TITLES
    | FEMALE_TITLES
    | words(
        """dr prof professor president sen senator rep representative gov governor gen general lt
    col colonel sgt capt captain maj major adm admiral judge justice rev reverend hon
    secretary minister chancellor speaker mayor ambassador sheriff officer agent
    detective commissioner chairman chairwoman chief director attorney prime vice deputy
    former ex-president pastor bishop pope rabbi imam sens reps messrs baroness baron
    count counsel inspector constable superintendent doctor mx pres candidate nominee
    republican democrat democratic republicans democrats first lady
    alderman alderwoman councillor councilor cllr ald comrade brigadier brig commodore lieutenant
    corporal sergeant trooper seaman airman ensign squadron rear assistant sub-inspector acting
    interim associate adjunct emeritus emerita dep det insp supt ch pc wpc dc dci dcs dac acc dcc
    sqn flt cdr brig-gen lt-gen lt-col maj-gen
    archbishop archdeacon cardinal monsignor vicar curate provost abbot abbess prioress
    sheikh shaikh sheik mullah ayatollah maulana swami pandit guru haji hajj hajia alhaji
    alhaja mallam oba emir eze ustad sardar begum shri sri smt shrimati datuk dato tun seri tuan
    encik puan cik senhor senhora señor señora senor senora señorita signor signora monsieur madame
    mademoiselle herr frau doña dona honourable honorable rt ven viscount viscountess
    marquess emperor empress consul attaché marshal bailiff reeve warden bencher
    assemblyman assemblywoman assemblymember congressmember postmaster headmaster headmistress"""
    )
)
"""Words that stand before a person's name and are no part of it."""

BODY_WORDS = words(
    """university committee party department agency court times post news institute group
    council association inc corp company campaign house senate congress parliament
    foundation center centre commission ministry office bureau union league church
    school college club network journal magazine radio television tv police force army
    navy service services board society trust fund bank street states kingdom nation
    nations international national federal american project coalition alliance
    federation press media today report poll survey institution organization
    organisation act bill law amendment city county state republic province district
    island river avenue road square hall building airport hotel games cup championship
    organisation tribune herald guardian telegraph observer gazette chronicle caucus
    convention administration conference security intelligence defense defence affairs
    rights watch lives matter health care justice treasury pentagon kremlin authority
    tribunal laboratory labs technologies systems software online digital mobile telecom
    wireless broadcasting january february march april may june july august september
    october november december monday tuesday wednesday thursday friday saturday sunday
    north south east west northern southern eastern western new"""
)
"""Words that make a capitalised name something other than a person."""

ROLES = words(
    """chief director-general director president minister secretary senator congressman
    governor mayor chairman chairwoman chairperson chair leader head boss spokesman
    spokeswoman spokesperson candidate nominee lawyer attorney judge justice professor
    analyst economist adviser advisor strategist manager executive founder owner editor
    reporter journalist author writer activist campaigner officer general colonel
    sheriff detective investigator doctor surgeon neurosurgeon scientist researcher
    historian businessman businesswoman billionaire investor tycoon mogul actor actress
    singer comedian host anchor commentator pastor bishop rabbi imam lawmaker politician
    democrat republican independent conservative liberal frontrunner front-runner
    commissioner inspector spymaster spy commander ambassador diplomat chancellor
    premier congresswoman representative delegate organizer organiser aide official
    whistleblower contractor counsel solicitor barrister man woman husband wife father
    mother son daughter brother sister widow veteran student teacher nurse engineer
    pollster operative consultant speaker incumbent challenger rival newcomer developer
    star celebrity hopeful lady witness superintendent constable mp peer lord
    rapporteur envoy ombudsman ombudswoman curator trustee coordinator librarian auditor technician
    cryptographer hacker advocate academic lecturer headteacher prosecutor magistrate coroner warden
    registrar vicar archbishop chaplain pilot soldier policeman policewoman cleric sociologist
    psychologist criminologist physicist chemist biologist statistician mathematician philosopher
    novelist poet playwright columnist blogger broadcaster correspondent publisher filmmaker
    photographer designer architect plumber electrician shopkeeper landlord landlady resident
    passenger commuter cyclist pensioner teenager grandmother grandfather treasurer accountant
    banker programmer specialist expert undersecretary councillor backbencher msp mep regulator
    spymaster trader paramedic firefighter midwife headmaster headmistress archivist translator
    interpreter negotiator mediator arbitrator"""
)
"""Head nouns of descriptions of one person."""

FEMALE_ROLES = words(
    """chairwoman spokeswoman businesswoman actress congresswoman woman wife mother daughter
    sister widow lady ombudswoman policewoman landlady grandmother headmistress"""
)
MALE_ROLES = words(
    """chairman spokesman businessman congressman man husband father son brother policeman landlord
    grandfather headmaster"""
)

GROUPS = words(
    """police ministers experts critics mps peers lawyers doctors scientists campaigners
    officials judges unions union group groups government council agency agencies court firm
    firms company companies watchdog regulator charity charities report study survey poll party
    parties leaders chiefs bosses sources source researchers analysts economists advocates
    activists residents neighbours families family victims witnesses teachers nurses parents
    farmers opposition ombudsman treasury committee commission senators lawmakers republicans
    democrats tories spokesman spokesmen prosecutors inspectors ministry secretary think-tank
    coroner jury inquiry auditors engineers hackers users voters rebels insiders"""
)
"""Common nouns that may stand before a colon for somebody who speaks."""
