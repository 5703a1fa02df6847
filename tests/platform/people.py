"""Who takes part in the demonstration course. Knows nothing of tokens, HTTP or the tool."""

from dataclasses import dataclass, field

MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership"
INSTITUTION = "http://purl.imsglobal.org/vocab/lis/v2/institution/person"
SYSTEM = "http://purl.imsglobal.org/vocab/lis/v2/system/person"

LEARNER = f"{MEMBERSHIP}#Learner"
INSTRUCTOR_ROLE = f"{MEMBERSHIP}#Instructor"
TEACHING_ASSISTANT = "http://purl.imsglobal.org/vocab/lis/v2/membership/Instructor#TeachingAssistant"
MENTOR_ROLE = f"{MEMBERSHIP}#Mentor"
TEST_USER_ROLE = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"

CLIENT_ID = "attune-demo-client"
DEPLOYMENT_ID = "attune-demo-deployment"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a seat in the course. `sub` is also the name in the platform's addresses."""

    sub: str
    given_name: str
    family_name: str
    roles: tuple[str, ...]
    title: str
    mentor_of: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def email(self) -> str:
        return f"{self.sub}@brightwater.example"

    @property
    def teaches(self) -> bool:
        return INSTRUCTOR_ROLE in self.roles


@dataclass(frozen=True, slots=True)
class Course:
    context_id: str
    label: str
    title: str


COURSE = Course(context_id="course-stat-101", label="STAT101", title="Statistics 101")

_CLASS = """
Amina Okafor, Lukas Brandt, Mei Tanaka, Sofia Almeida, Noah Whitfield, Priya Raman,
Tomasz Zielinski, Chloe Fontaine, Diego Herrera, Freya Lindqvist, Yusuf Demir, Grace Mbeki,
Oliver Hastings, Hana Kobayashi, Mateo Rossi, Leila Haddad, Jonas Eriksen, Isla McKenna,
Arjun Mehta, Nora Vandenberg, Samuel Osei, Elena Petrova, Theo Marchetti, Zoe Papadakis,
Kwame Boateng, Ines Carvalho, Ravi Menon, Linnea Holm, Omar Farouk, Beatriz Nogueira,
Felix Bauer, Aiko Mori, Camille Laurent, Tariq Aziz, Maja Nowak, Santiago Vega,
Emma Clarke, Dmitri Volkov, Fatima Zahra, Luca Moretti, Anika Sharma, Patrick Doyle,
Selma Yildiz, Victor Duarte, Hannah Weiss, Kofi Mensah, Julia Lindgren, Rafael Ortiz,
Nadia Hussein, Erik Johansson, Ling Chen, Marta Kowalska, Daniela Costa, Ben Adler,
Thandi Nkosi, Pierre Garnier, Sara Nilsen, Ahmed Nasser, Olivia Grant, Yara Khalil
"""


def _student(number: int, name: str) -> Person:
    given, family = name.split(" ", 1)
    roles = (LEARNER, f"{INSTITUTION}#Student")
    return Person(f"student-{number:02d}", given, family, roles, "Student")


STUDENTS = tuple(_student(number, name.strip()) for number, name in enumerate(_CLASS.split(","), start=1))
INSTRUCTOR = Person(
    "instructor", "Ingrid", "Solberg", (INSTRUCTOR_ROLE, f"{INSTITUTION}#Faculty"), "Instructor"
)
COUNSELOR = Person("counselor", "Daniel", "Mwangi", (INSTRUCTOR_ROLE, TEACHING_ASSISTANT), "Counselor")
ADMINISTRATOR = Person(
    "administrator",
    "Ruth",
    "Castellano",
    (f"{SYSTEM}#Administrator", f"{INSTITUTION}#Administrator", f"{MEMBERSHIP}#Administrator"),
    "Administrator",
)
MENTOR = Person("mentor", "Paul", "Okafor", (MENTOR_ROLE,), "Mentor", mentor_of=("student-01",))
TEST_USER = Person("test-user", "Test", "Student", (LEARNER, TEST_USER_ROLE), "Test student")

PEOPLE = {
    person.sub: person for person in (*STUDENTS, INSTRUCTOR, COUNSELOR, ADMINISTRATOR, MENTOR, TEST_USER)
}
ALIASES = {"student": STUDENTS[0].sub}


def find_person(name: str) -> Person | None:
    """Find by `sub` or by alias (`student` is the first of the class)."""
    return PEOPLE.get(ALIASES.get(name, name))
