"""The words of the made-up England: places, titles, themes, reasons. No place, agency or person is meant."""

from __future__ import annotations

STEMS = (
    *(
        "Al",
        "Amber",
        "Ash",
        "Bar",
        "Beck",
        "Birch",
        "Black",
        "Brack",
        "Bram",
        "Brent",
        "Brox",
        "Cald",
        "Carl",
    ),
    *("Chal", "Cold", "Comp", "Cran", "Dal", "Darn", "Den", "Elm", "Fair", "Farn", "Glen", "Grim", "Hal"),
    *(
        "Hart",
        "Hazel",
        "Hol",
        "Ing",
        "Kel",
        "Lang",
        "Lin",
        "Long",
        "Mal",
        "Mel",
        "Nor",
        "Oak",
        "Oster",
        "Pem",
    ),
    *("Raven", "Red", "Ros", "Sel", "Shel", "Stan", "Thorn", "Wal", "Wey", "Whit", "Win", "Wood"),
)
ENDINGS = (
    *("borough", "bourne", "bridge", "bury", "combe", "cott", "dale", "don", "field", "ford", "ham", "hurst"),
    *("leigh", "mere", "minster", "mouth", "stead", "stoke", "stow", "thorpe", "ton", "wick", "worth"),
)
QUALIFIED = (
    *("{}", "North {}", "South {}", "East {}", "West {}", "{} Regis", "{} and the Vale", "Great {}"),
    *("{}-on-Sea", "Upper {}", "{} Parva", "Lower {}", "Mid {}", "New {}"),
)
QUARTERS = ("North", "South", "East", "West", "Central", "Coastal", "Rural")

DIRECTORATES = (
    *("Children's Services", "Adult Social Care", "Public Health", "Housing and Communities"),
    *("Education and Skills", "Corporate Services"),
)
SERVICES = (
    *("Early Help", "Youth Justice Service", "Domestic Abuse Service", "Adult Safeguarding Team"),
    *(
        "Looked After Children Service",
        "Virtual School",
        "Education Welfare Service",
        "Community Safety Team",
    ),
    *(
        "Housing Options",
        "Trading Standards",
        "Licensing Team",
        "Integrated Front Door",
        "Commissioning Unit",
    ),
    *("Quality and Review Service", "Substance Misuse Service", "Leaving Care Service", "Fostering Service"),
)
SAINTS = (
    "St Aldhelm's",
    "St Bede's",
    "St Chad's",
    "St Oswald's",
    "St Werburgh's",
    "Holy Trinity",
    "Christ Church",
)
SURNAMES = (
    *("Abara", "Akhtar", "Bell", "Carrow", "Dhillon", "Ellwood", "Farrant", "Grant", "Hussain", "Iqbal"),
    *("Jarvis", "Kaur", "Lowther", "Mbeki", "Nowak", "Okafor", "Pascoe", "Quayle", "Rahman", "Sandhu"),
    *("Tregear", "Usman", "Vickers", "Wainwright", "Yates", "Zielinski"),
)
GIVEN = (
    "Amina",
    "Ben",
    "Chidi",
    "Dilys",
    "Eleri",
    "Farid",
    "Grace",
    "Harpreet",
    "Isla",
    "Jonas",
    "Kasia",
    "Leo",
)

OTHERS = {
    "education": (
        *("{place} Academy", "{saint} Primary School, {place}", "{saint} School, {place}", "{place} College"),
        *("{place} Community School", "{place} Alternative Provision", "{stem} Learning Trust, {place}"),
    ),
    "primary-care": (
        *(
            "{stem} Surgery, {place}",
            "{place} {quarter} Primary Care Network",
            "{stem} Medical Centre, {place}",
        ),
        "{place} GP Federation",
    ),
    "provider": (
        *("{stem} House Care Home, {place}", "{stem} Homecare ({place})", "{place} Housing Association"),
        *("{stem} Supported Living, {place}", "{stem} Nursing Home, {place}"),
    ),
    "voluntary": (
        *("{place} Women's Aid", "{place} Carers' Centre", "Age Concern {place}", "{place} Mind"),
        *("{place} Council for Voluntary Service", "{stem} Youth Trust, {place}", "{place} Refugee Welcome"),
        *("{place} Citizens Advice", "{stem} Foundation, {place}", "{place} Faith Forum"),
    ),
}
NATIONAL = (
    ("cafcass", "Children and Family Court Advisory and Support Service", "Cafcass", "court-service"),
    ("nhs-england", "NHS England", "NHSE", "government"),
    ("department-for-education", "Department for Education", "DfE", "government"),
    ("home-office", "Home Office", None, "government"),
    ("care-quality-commission", "Care Quality Commission", "CQC", "regulator"),
    ("ofsted", "Office for Standards in Education, Children's Services and Skills", "Ofsted", "regulator"),
    ("british-transport-police", "British Transport Police", "BTP", "police"),
    ("crown-prosecution-service", "Crown Prosecution Service", "CPS", "court-service"),
    ("department-for-work-and-pensions", "Department for Work and Pensions", "DWP", "government"),
    ("national-childrens-charity", "National Children's Helpline", "NCH", "voluntary"),
)

CHIEF = {
    "local-authority": "Chief Executive",
    "police": "Chief Constable",
    "nhs-commissioner": "Accountable Officer",
    "nhs-provider": "Chief Executive",
    "fire-and-rescue": "Chief Fire Officer",
    "ambulance": "Chief Executive",
    "prison-and-probation": "Regional Probation Director",
    "education": "Headteacher",
    "directorate": "Director",
    "service": "Head of Service",
    "probation": "Head of Probation Delivery Unit",
    "court-service": "Head of Operations",
}
RANKS = {
    "local-authority": (
        "Assistant Director",
        "Head",
        "Principal Officer",
        "Cabinet Member",
        "Strategic Lead",
    ),
    "directorate": ("Assistant Director", "Head", "Service Manager", "Principal Officer", "Team Manager"),
    "police": ("Assistant Chief Constable", "Chief Superintendent", "Superintendent", "Detective Inspector"),
    "nhs-commissioner": ("Chief Nurse", "Designated Doctor", "Designated Nurse", "Named GP", "Head"),
    "nhs-provider": ("Chief Nurse", "Named Doctor", "Named Nurse", "Head", "Matron"),
    "education": ("Deputy Headteacher", "Designated Safeguarding Lead", "Governor", "Pastoral Lead"),
}
RANKS_ELSEWHERE = ("Director", "Manager", "Safeguarding Lead", "Co-ordinator", "Trustee", "Practice Lead")
DUTIES = (
    *("Safeguarding", "Safeguarding Adults", "Safeguarding Children", "Public Protection", "Exploitation"),
    *(
        "Domestic Abuse",
        "Quality",
        "Workforce",
        "Early Help",
        "Mental Health",
        "Learning Disability",
        "Neglect",
    ),
    *(
        "Performance",
        "Community Safety",
        "Transitions",
        "Child Deaths",
        "Online Safety",
        "Prevent",
        "Housing",
    ),
)

THEMES = (
    *("Quality Assurance and Performance", "Child Exploitation", "Learning and Improvement", "Neglect"),
    *(
        "Adult Exploitation",
        "Safeguarding Adult Review",
        "Child Safeguarding Practice Review",
        "Child Death Overview",
    ),
    *(
        "Domestic Abuse",
        "Mental Capacity",
        "Self-neglect and Hoarding",
        "Workforce Development",
        "Policy and Procedures",
    ),
    *(
        "Communications and Engagement",
        "Missing Children",
        "Online Harm",
        "Modern Slavery",
        "Prevent",
        "Transitions",
    ),
    *(
        "Mental Health",
        "Harmful Sexual Behaviour",
        "Early Help",
        "Private Fostering",
        "Female Genital Mutilation",
    ),
    *(
        "Information Sharing",
        "Education Safeguarding",
        "Faith and Culture",
        "Multi-agency Audit",
        "Data and Insight",
    ),
    *("Rough Sleeping", "Organisational Abuse", "Serious Violence", "Care Home Quality", "Substance Misuse"),
    *(
        "Youth Voice",
        "Risk Management",
        "Contextual Safeguarding",
        "Suicide Prevention",
        "Health",
        "Infant Safety",
    ),
)
FORMS = (
    *(("Sub-group", "sub-group"), ("Group", "group"), ("Panel", "panel"), ("Sub-group", "sub-group")),
    *(("Forum", "forum"), ("Strand", "strand"), ("Task and Finish Group", "task-and-finish-group")),
)
PURPOSES = (
    *(
        "Has oversight of {theme} across {place} and reports what it finds",
        "Brings partners together on {theme}",
    ),
    *(
        "Audits practice in {theme} and follows up what the audits show",
        "Writes and reviews the {theme} strategy",
    ),
)
CATEGORIES = (
    "Safeguarding Partner",
    "Relevant Agency",
    "Statutory Member",
    "Invited Member",
    "Co-opted",
    "Independent",
)
SUBJECTS = (
    *(
        "performance against the dataset",
        "learning from reviews",
        "the annual report",
        "progress on the work plan",
    ),
    *(
        "audits and their actions",
        "risks and how they are met",
        "training and its effect",
        "the voice of children",
    ),
    *("the budget", "exploitation of children", "people who sleep rough", "transition to adult services"),
)
FREQUENCIES = ("quarterly", "each meeting", "yearly", "twice a year", "monthly", "by exception")
SCOPES = (
    "safeguarding: to speak and decide for the partners of {place} and to commit them on policy and money",
    "chairing of panels and sign-off of reviews in {place}",
    "day-to-day safeguarding decisions in {place}",
)
BASES = (
    "Section 6 lists {place} with the lead agencies; that it holds here too is concluded.",
    "The diagram in Appendix C shows it with a line of its own; the text of {place} does not say it.",
    "Concluded from the membership list of {place}, which names the post and not the agency.",
    "The two lists of {place} differ in wording and are taken to mean the same.",
    "The sub-groups page words it as an intention; that it is in effect in {place} is concluded.",
)
NOTES = (
    "The list is dated by the arrangements of {place}; a later page words it differently.",
    "Printed under an earlier name in the plan of {place}.",
    "May be shared with a neighbouring area; see the arrangements of {place}.",
    "Invited as the agenda needs, says the page of {place}; how often is not stated.",
)
SECTIONS = {
    "arrangements-2019": (
        *("Vision", *(f"Section {number}" for number in range(1, 11))),
        *(f"Appendix {letter}" for letter in "ABCDE"),
    ),
    "plan-2020": ("About us", "Key principles", "Priority 1", "Priority 2", "Priority 3", "Governance"),
    "sub-groups": ("Introduction", "Membership", "Terms of reference", "Work plan"),
    "report-2023": tuple(f"page {number}" for number in range(2, 41)),
    "arrangements-2024": (*(f"Section {number}" for number in range(1, 13)), "Annex A", "Annex B"),
}
INSTRUMENTS = (
    ("children-act-2004", "Children Act 2004", "act", "2004-11-15"),
    ("care-act-2014", "Care Act 2014", "act", "2014-05-14"),
    ("children-and-social-work-act-2017", "Children and Social Work Act 2017", "act", "2017-04-27"),
    ("health-and-care-act-2022", "Health and Care Act 2022", "act", "2022-04-28"),
    (
        "working-together-2018",
        "Working Together to Safeguard Children (2018)",
        "statutory-guidance",
        "2018-07",
    ),
    ("care-and-support-guidance", "Care and Support Statutory Guidance", "statutory-guidance", "2018"),
    ("information-sharing-advice", "Information Sharing Advice for Practitioners", "guidance", "2018-07-04"),
)
DUTIES_IN_LAW = (
    ("publish-arrangements", "Publish the arrangements", "publication"),
    ("annual-report", "Publish a report each year", "publication"),
    ("independent-scrutiny", "Provide for independent scrutiny", "duty"),
    ("named-partners", "Say who the relevant agencies are", "membership"),
    ("reviews", "Commission reviews of serious cases", "function"),
    ("quorum", "Decide only with all statutory partners there", "quorum"),
    ("prevention", "Act before harm occurs", "principle"),
    ("information", "Answer requests for information", "expectation"),
)
LOCAL_RULES = (
    ("partners-on-groups", "Statutory partners sit on every sub-group", "membership", "must"),
    ("quarterly-data", "Sub-groups report their data each quarter", "function", "must"),
    ("deputies", "Members send a deputy who can decide", "expectation", "should"),
    ("young-people", "Young people are heard before a policy is agreed", "principle", "should"),
)
PRIORITIES = (
    *(
        "Exploitation",
        "Neglect",
        "Domestic abuse",
        "Mental health and wellbeing",
        "Transitions",
        "Early help",
    ),
    *("Hidden harm", "Safe at home", "Learning that changes practice", "Hearing people's voices"),
)
OBJECTIVES = (
    *(
        "Fewer repeat referrals for {theme}",
        "All agencies train their staff in {theme}",
        "An audit of {theme} each year",
    ),
    *("A shared dataset on {theme}", "People say that they were listened to about {theme}"),
)
QUESTIONS = (
    *("Who chairs the {body} is not stated", "To whom the {body} is accountable is not stated"),
    *("Two lists of members of the {body} disagree", "Whether the {body} still meets is not stated"),
)
