"""Django's command line. Knows where the settings are, and that commands speak English."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lti_tool.settings")
    from django.core.management import execute_from_command_line
    from django.utils import translation

    # Whatever the installation's language: who reads this looks its words up in our documents.
    translation.deactivate_all()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
