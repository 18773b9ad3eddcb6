"""A browser without a screen."""

from typing import Any

import aiohttp


class Visitor:
    """Speaks to the page as its scripts do."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session = session
        self.url = url

    async def post(self, path: str, **inputs: object) -> tuple[int, Any]:
        async with self.session.post(self.url + path, json=inputs) as response:
            return response.status, await response.json()

    async def do(self, action: str, **inputs: object) -> str:
        """The panel's sentence about an action that works."""
        status, answer = await self.post(f"/api/panel/{action}", **inputs)
        assert status == 200, answer
        return str(answer["said"])

    async def refused(self, action: str, **inputs: object) -> str:
        """The panel's sentence about an action that does not work."""
        status, answer = await self.post(f"/api/panel/{action}", **inputs)
        assert status == 400, answer
        return str(answer["error"])

    async def state(self) -> Any:
        async with self.session.get(self.url + "/api/state") as response:
            return await response.json()

    async def row(self, asset: str) -> Any:
        wallet = (await self.state())["market"]["wallet"]
        return next((row for row in wallet if row["asset"] == asset), None)
