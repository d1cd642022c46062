"""The word between processes by Redis: 'the log of events grew'."""

import asyncio

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

log = structlog.get_logger()
_CHANNEL = "matchmaker:events"
#: Seconds before the next attempt to reach Redis, and after which a silent connection is asked whether it lives.
_PAUSE, _CHECK_EVERY = 1.0, 15


class RedisBroker:
    """A word that is not said, or not heard, costs time only: every process looks at the log by the clock as well."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url, health_check_interval=_CHECK_EVERY, socket_connect_timeout=_PAUSE)

    async def say(self) -> None:
        try:
            await self._redis.publish(_CHANNEL, b"")
        except (RedisError, OSError) as error:
            log.warning("redis does not take a word", error=str(error))

    async def listen(self, heard: asyncio.Event) -> None:
        """Runs until it is cancelled, whatever happens to Redis."""
        while True:
            try:
                async with self._redis.pubsub() as channel:
                    await channel.subscribe(_CHANNEL)
                    async for _word in channel.listen():
                        heard.set()
            except (RedisError, OSError) as error:
                log.warning("redis is away", error=str(error))
            await asyncio.sleep(_PAUSE)

    async def close(self) -> None:
        await self._redis.aclose()
