"""The choices in Spanish."""

from typing import Final

from lti_tool.consent.wording.choice import Choice, Words
from lti_tool.domain.consent import Purpose

WORDS: Final[Words] = {
    "v1": {
        Purpose.CAMERA: Choice(
            "Medir con mi cámara, en mi propio expediente",
            "Solo tú ves tu expediente. Las demás opciones necesitan esta.",
            "Solo tú ves tu expediente. Más adelante puedes mostrarlo a un orientador o una orientadora, en "
            "la página de tu registro.",
        ),
        Purpose.COUNSELOR: Choice(
            "El equipo de orientación de este curso puede leer mi expediente",
            "Puede ver cuándo la tensión se prolonga, y ofrecer ayuda. Puedes detener esto en cualquier "
            "momento.",
        ),
        Purpose.CLASS: Choice(
            "Incluirme, sin mi nombre, en el panorama semanal de la clase",
            "Tus docentes lo ven para toda la clase, una vez por semana, cuando se incluye a diez "
            "estudiantes o más.",
        ),
    },
    "v1e": {
        Purpose.CAMERA: Choice(
            "Medir con mi cámara, en mi propio expediente",
            "Solo tú ves tu expediente, salvo que una vida esté en peligro (lee más abajo). "
            "Las demás opciones necesitan esta.",
            "Solo tú ves tu expediente, salvo que una vida esté en peligro (lee más abajo). Más adelante "
            "puedes mostrarlo a un orientador o una orientadora, en la página de tu registro.",
        ),
        Purpose.COUNSELOR: Choice(
            "El equipo de orientación de este curso puede leer mi expediente",
            "Puede ver cuándo la tensión se prolonga, y ofrecer ayuda. Puedes detener esto en cualquier "
            "momento.",
        ),
        Purpose.CLASS: Choice(
            "Incluirme, sin mi nombre, en el panorama semanal de la clase",
            "Tus docentes lo ven para toda la clase, una vez por semana, cuando se incluye a diez "
            "estudiantes o más.",
        ),
    },
}
