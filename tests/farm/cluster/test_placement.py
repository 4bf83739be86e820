"""Where hosts go, what an autoscaler is asked for, and how much memory a card has."""

import pytest
from cluster_world import node

from duocast.farm.cluster import card
from duocast.farm.cluster.placement import Node, Slots, labels, places, vacancies, wishes


@pytest.mark.parametrize(
    ("resources", "slots", "expected"),
    [
        ({"CPU": 8.0}, Slots(), (4, {"CPU": 2.0})),
        ({"CPU": 8.0, "GPU": 2.0}, Slots(), (2, {"GPU": 1.0})),
        ({"CPU": 8.0}, Slots(cpus=0), (0, {})),
        ({"CPU": 1.0}, Slots(), (0, {"CPU": 2.0})),
        ({"CPU": 64.0}, Slots(most=3), (3, {"CPU": 2.0})),
        ({"GPU": 0.5, "CPU": 2.0}, Slots(), (1, {"CPU": 2.0})),
    ],
)
def test_a_node_has_a_place_for_each_card_or_for_its_processors(resources, slots, expected):
    assert places(Node("a", "n", "m", resources, {}), slots) == expected


def test_only_what_is_missing_is_hired_and_never_on_closed_nodes():
    nodes = [node(2), node(1), node(3)]
    found = vacancies(nodes, {nodes[1].id: 1, nodes[0].id: 5}, Slots(cpus=1), {nodes[2].id})
    assert [n.id for n, _ in found] == [nodes[1].id]


def test_labels_are_pools_cards_and_the_studios_own():
    of = {"pool": "big", "ray.io/accelerator-type": "H100", "ray.io/node-id": "x", "room": "2"}
    assert labels(Node("a", "n", "m", {}, of)) == ("H100", "big", "room=2")


def test_an_autoscaler_is_asked_for_a_place_for_each_ready_task_up_to_a_limit():
    asked = wishes({("big",): 2, (): 9}, Slots(largest=5))
    assert [selector for _, selector in asked] == [{}, {"pool": "big"}, {}, {"pool": "big"}, {}]
    assert all(bundle == {"GPU": 1.0} for bundle, _ in asked)
    assert wishes({}, Slots()) == []


TABLE = "0, GPU-aa11, 81559\n1, GPU-bb22, 24576\n"


@pytest.mark.parametrize(
    ("seen", "mib"), [(None, 81559), ("1", 24576), ("GPU-bb22", 24576), ("7", 0)]
)
def test_the_memory_of_the_card_that_is_seen(seen, mib):
    assert card.read(TABLE, seen) == mib * 1024 * 1024


def test_no_card_and_no_driver_is_no_memory(tmp_path):
    assert card.memory({"CUDA_VISIBLE_DEVICES": ""}) == 0
    assert card.read("nonsense", None) == 0
