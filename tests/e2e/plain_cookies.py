"""The tool as a browser meets it that does not know `Partitioned`: the word is not in what is sent."""

from starlette.types import Message, Receive, Scope, Send

from lti_tool.asgi import application as tool

WORD = b"; Partitioned"


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """The tool's own application, one word short."""

    async def send_plain(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [(name, value.replace(WORD, b"")) for name, value in message["headers"]]
        await send(message)

    await tool(scope, receive, send_plain)
