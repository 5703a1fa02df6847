"""Put courses and people on record who come from another installation, before they launch here."""

from uuid import UUID

from lti_tool.lti.models import Context, Deployment, PlatformUser, Registration


def record_course(*, deployment: Deployment, context_id: str, title: str) -> Context:
    """The course as its platform names it. The title of one that is known stays."""
    course, _ = Context.objects.get_or_create(
        deployment=deployment, context_id=context_id, defaults={"title": title}
    )
    return course


def record_person(*, registration: Registration, sub: str, pseudonym: UUID) -> PlatformUser:
    """The person as the platform names them, held until the transaction ends. No name is kept.

    A new one keeps the pseudonym that other audits know, unless somebody here bears it.
    """
    taken = PlatformUser.objects.filter(pseudonym=pseudonym).exists()
    person, _ = PlatformUser.objects.select_for_update().get_or_create(
        registration=registration, sub=sub, defaults={} if taken else {"pseudonym": pseudonym}
    )
    return person
