"""Which arrows lie on a circle."""

from __future__ import annotations

from collections.abc import Sequence


def in_circle(edges: Sequence[tuple[str, str]]) -> set[int]:
    """The places of the edges (from, to) that lie on a circle: both ends in one strongly connected component.

    Tarjan, Depth-first search and linear graph algorithms (1972), without recursion: families may be long chains.
    """
    after: dict[str, list[str]] = {}
    for start, end in edges:
        after.setdefault(start, []).append(end)
    component = _components(after)
    return {place for place, (start, end) in enumerate(edges) if component[start] == component.get(end, -1) or start == end}


def _components(after: dict[str, list[str]]) -> dict[str, int]:
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    component: dict[str, int] = {}
    open_nodes: list[str] = []
    for root in after:
        if root in order:
            continue
        order[root] = low[root] = len(order)
        open_nodes.append(root)
        path = [(root, iter(after[root]))]
        while path:
            node, ahead = path[-1]
            step = next((found for found in ahead if _useful(found, node, order, low, component)), None)
            if step is not None:
                order[step] = low[step] = len(order)
                open_nodes.append(step)
                path.append((step, iter(after.get(step, ()))))
                continue
            path.pop()
            if path:
                low[path[-1][0]] = min(low[path[-1][0]], low[node])
            if low[node] == order[node]:
                _close(node, open_nodes, component)
    return component


def _useful(found: str, node: str, order: dict[str, int], low: dict[str, int], component: dict[str, int]) -> bool:
    """Whether a node is new; one that is open already only lowers the mark of the node before it."""
    if found not in order:
        return True
    if found not in component:
        low[node] = min(low[node], order[found])
    return False


def _close(node: str, open_nodes: list[str], component: dict[str, int]) -> None:
    """What stands on the pile above a node is its component, numbered by how many nodes were settled before."""
    number = len(component)
    while True:
        last = open_nodes.pop()
        component[last] = number
        if last == node:
            return
