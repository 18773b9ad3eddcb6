"""From an HTTP request to a method and back, with the scripted faults in between."""

from aiohttp import web

from sandbox.telegram.errors import ApiError
from sandbox.telegram.faults import BadGateway, Delay, Drop, Fault, Faults, Refuse
from sandbox.telegram.methods import BY_LOWER_NAME, Method
from sandbox.telegram.model import ApiCall
from sandbox.telegram.params import Params, read_params
from sandbox.telegram.world import World

GATEWAY_PAGE = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


class Dispatcher:
    """Answers the calls of one bot."""

    def __init__(self, world: World, faults: Faults, token: str) -> None:
        self._world = world
        self._faults = faults
        self._token = token

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One call."""
        if request.match_info["token"] != self._token:
            return _refused(ApiError(401, "Unauthorized"))
        known = BY_LOWER_NAME.get(request.match_info["method"].lower())
        if known is None:
            return _refused(ApiError(404, "Not Found"))
        name, method = known
        try:
            params = await read_params(request)
        except ConnectionError:
            return web.Response(status=400)  # the caller is gone in the middle of its call
        fault = self._faults.take(name, params.chat_id)
        return await self._suffer(request, name, method, params, fault)

    async def _suffer(
        self,
        request: web.Request,
        name: str,
        method: Method,
        params: Params,
        fault: Fault | None,
    ) -> web.StreamResponse:
        match fault:
            case Refuse():
                return self._refuse(name, params, fault.as_error())
            case BadGateway():
                self._record(name, params, "Bad Gateway")
                return web.Response(status=502, text=GATEWAY_PAGE, content_type="text/html")
            case Drop(handled=False):
                self._record(name, params, "connection dropped")
                return _hang_up(request)
            case Drop():
                await self._run(name, method, params)
                return _hang_up(request)
            case Delay():
                fault.reached.set()
                await fault.release.wait()
        return await self._run(name, method, params)

    async def _run(self, name: str, method: Method, params: Params) -> web.StreamResponse:
        try:
            result = await method(self._world, params)
        except ApiError as error:
            return self._refuse(name, params, error)
        self._record(name, params)
        return web.json_response({"ok": True, "result": result})

    def _refuse(self, name: str, params: Params, error: ApiError) -> web.StreamResponse:
        self._record(name, params, error.description)
        return _refused(error)

    def _record(self, name: str, params: Params, refusal: str = "") -> None:
        call = ApiCall(name, params.values, params.chat_id, self._world.now(), not refusal, refusal)
        self._world.record(call)


def _refused(error: ApiError) -> web.StreamResponse:
    return web.json_response(error.as_json(), status=error.code)


def _hang_up(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
