"""The choices in Simplified Chinese."""

from typing import Final

from lti_tool.consent.wording.choice import Choice, Words
from lti_tool.domain.consent import Purpose

WORDS: Final[Words] = {
    "v1": {
        Purpose.CAMERA: Choice(
            "用我的摄像头测量，结果存入我自己的档案",
            "只有你能看到自己的档案。其他选项都需要先选这一项。",
            "只有你能看到自己的档案。以后你可以在“我的记录”页面上把它给心理咨询师看。",
        ),
        Purpose.COUNSELOR: Choice(
            "本课程的心理咨询师可以查看我的档案",
            "他们能看到紧张状态何时持续，并提供帮助。你随时可以停止。",
        ),
        Purpose.CLASS: Choice(
            "把我计入每周的班级整体情况，不带姓名",
            "教师看到的是全班的整体情况，每周一次，并且要有十名或更多学生被计入。",
        ),
    },
    "v1e": {
        Purpose.CAMERA: Choice(
            "用我的摄像头测量，结果存入我自己的档案",
            "只有你能看到自己的档案，有生命危险时除外（见下文）。其他选项都需要先选这一项。",
            "只有你能看到自己的档案，有生命危险时除外（见下文）。以后你可以在“我的记录”页面上把它给心理咨询师看。",
        ),
        Purpose.COUNSELOR: Choice(
            "本课程的心理咨询师可以查看我的档案",
            "他们能看到紧张状态何时持续，并提供帮助。你随时可以停止。",
        ),
        Purpose.CLASS: Choice(
            "把我计入每周的班级整体情况，不带姓名",
            "教师看到的是全班的整体情况，每周一次，并且要有十名或更多学生被计入。",
        ),
    },
}
