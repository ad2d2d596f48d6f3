"""Tasks that wait for tasks that wait for a future; the oldest of twenty is answered, and its chain goes."""
import asyncio
import collections
import os

SECONDS = float(os.environ.get("EXHIBIT_SECONDS", "600"))
reports = {}
answers = collections.deque()


async def fetch(answer):
    return await answer


async def parse(fetched):
    return await fetched


async def report(parsed):
    return await parsed


async def main():
    until, number = asyncio.get_running_loop().time() + SECONDS, 0
    while asyncio.get_running_loop().time() < until:
        number += 1
        answer = asyncio.get_running_loop().create_future()
        parsed = asyncio.ensure_future(parse(asyncio.ensure_future(fetch(answer))))
        reports[number] = asyncio.ensure_future(report(parsed))
        reports[number].add_done_callback(lambda _, own=number: reports.pop(own))
        answers.append(answer)
        del answer, parsed
        if len(answers) > 20:
            answers.popleft().set_result(number)
        await asyncio.sleep(0.1)


asyncio.run(main())
