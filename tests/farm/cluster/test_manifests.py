"""The manifests for Kubernetes: fields that the operator knows, one token, one store, and options that we have."""

from pathlib import Path

import pytest
import yaml
from click import Option

from duocast.cli.farm.up import command as farm_up
from duocast.farm.cluster.placement import Node, Slots, labels, places

FOLDER = Path(__file__).parents[3] / "farm" / "deploy" / "kuberay"

# The fields of ray.io/v1, from the operator's reference.
SPEC = {
    "authOptions",
    "autoscalerOptions",
    "enableInTreeAutoscaling",
    "gcsFaultToleranceOptions",
    "headGroupSpec",
    "headServiceAnnotations",
    "managedBy",
    "networkPolicy",
    "rayVersion",
    "suspend",
    "upgradeStrategy",
    "workerGroupSpecs",
}
HEAD = {
    "enableIngress",
    "headService",
    "labels",
    "rayStartParams",
    "resources",
    "serviceType",
    "template",
}
GROUP = {
    "groupName",
    "idleTimeoutSeconds",
    "labels",
    "maxReplicas",
    "minReplicas",
    "numOfHosts",
    "rayStartParams",
    "replicas",
    "resources",
    "scaleStrategy",
    "suspend",
    "template",
}
SCALER = {
    "env",
    "envFrom",
    "idleTimeoutSeconds",
    "image",
    "imagePullPolicy",
    "resources",
    "securityContext",
    "upscalingMode",
    "version",
    "volumeMounts",
}


def documents(name: str) -> dict[tuple[str, str], dict]:
    loaded = yaml.safe_load_all((FOLDER / name).read_text())
    return {(each["kind"], each["metadata"]["name"]): each for each in loaded}


@pytest.fixture(scope="module")
def cluster() -> dict:
    return documents("cluster.yaml")["RayCluster", "duocast"]


@pytest.fixture(scope="module")
def farmd() -> dict:
    return documents("farmd.yaml")["Deployment", "duocast-farmd"]


def pods(cluster: dict) -> list[dict]:
    spec = cluster["spec"]
    groups = [spec["headGroupSpec"], *spec["workerGroupSpecs"]]
    return [group["template"]["spec"] for group in groups]


def claims(pod: dict) -> dict[str, str]:
    """The claim at each path of a pod's one container."""
    of = {v["name"]: v.get("persistentVolumeClaim", {}).get("claimName") for v in pod["volumes"]}
    return {mount["mountPath"]: of[mount["name"]] for mount in pod["containers"][0]["volumeMounts"]}


def test_the_cluster_has_only_fields_that_the_operator_knows(cluster):
    spec = cluster["spec"]
    assert (cluster["apiVersion"], cluster["kind"]) == ("ray.io/v1", "RayCluster")
    assert set(spec) <= SPEC
    assert set(spec["headGroupSpec"]) <= HEAD
    assert set(spec["autoscalerOptions"]) <= SCALER
    for group in spec["workerGroupSpecs"]:
        assert set(group) <= GROUP
        assert 0 <= group["minReplicas"] <= group["replicas"] <= group["maxReplicas"]
    for params in (g["rayStartParams"] for g in (spec["headGroupSpec"], *spec["workerGroupSpecs"])):
        assert all(isinstance(value, str) for value in params.values()), (
            "the operator wants strings"
        )


def test_ray_knows_the_start_params(cluster):
    scripts = pytest.importorskip("ray.scripts.scripts")
    known = {o.name.replace("_", "-") for o in scripts.start.params if isinstance(o, Option)}
    for group in (cluster["spec"]["headGroupSpec"], *cluster["spec"]["workerGroupSpecs"]):
        assert set(group["rayStartParams"]) <= known


def test_every_pod_has_a_token_and_nobody_else_gets_in(cluster, farmd):
    options = cluster["spec"]["authOptions"]
    assert options["mode"] == "token"
    env = {e["name"]: e for e in farmd["spec"]["template"]["spec"]["containers"][0]["env"]}
    key = env["RAY_AUTH_TOKEN"]["valueFrom"]["secretKeyRef"]
    assert key == {"name": options["secretName"], "key": "auth_token"}


def test_farmd_and_every_worker_have_the_same_store_at_the_same_path(cluster, farmd):
    daemon = claims(farmd["spec"]["template"]["spec"])
    stores = {claims(pod).get("/farm/store") for pod in pods(cluster)[1:]}
    assert stores == {daemon["/farm/store"]} == {"duocast-store"}
    found = {**documents("cluster.yaml"), **documents("farmd.yaml")}
    wanted = {claim for pod in pods(cluster) for claim in claims(pod).values()} | set(
        daemon.values()
    )
    assert {("PersistentVolumeClaim", claim) for claim in wanted - {None}} <= set(found)
    assert found["PersistentVolumeClaim", "duocast-store"]["spec"]["accessModes"] == [
        "ReadWriteMany"
    ]


def test_only_one_farmd_ever_runs(farmd):
    assert farmd["spec"]["replicas"] == 1
    assert farmd["spec"]["strategy"] == {"type": "Recreate"}


def test_farmd_is_started_with_options_that_it_has(cluster, farmd):
    container = farmd["spec"]["template"]["spec"]["containers"][0]
    assert container["command"] == ["duocast", "farm", "up"]
    given = dict(word.partition("=")[::2] for word in container["args"])
    known = {name for option in farm_up.params for name in option.opts}
    assert set(given) <= known
    assert given["--address"] == f"{cluster['metadata']['name']}-head-svc:6379"


def test_the_head_has_no_hosts_and_a_gpu_node_has_one_in_its_pool(cluster):
    spec = cluster["spec"]
    assert spec["headGroupSpec"]["rayStartParams"]["num-cpus"] == "0"
    gpu = spec["workerGroupSpecs"][0]
    limits = gpu["template"]["spec"]["containers"][0]["resources"]["limits"]
    offers = {"CPU": float(limits["cpu"]), "GPU": float(limits["nvidia.com/gpu"])}
    key, _, value = gpu["rayStartParams"]["labels"].partition("=")
    node = Node("a" * 8, "n", "m", offers, {key: value})
    assert places(node, Slots()) == (1, {"GPU": 1.0})
    assert labels(node) == ("gpu",)
