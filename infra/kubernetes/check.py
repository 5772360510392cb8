"""Checks rendered manifests for what kubectl's renderer does not: that names, selectors, ports and volumes fit together. Argument: a YAML file."""
import sys

import yaml

documents = [d for d in yaml.safe_load_all(open(sys.argv[1])) if d]
kinds = {}
for document in documents:
    kinds.setdefault(document["kind"], []).append(document)

problems = []


def expect(condition, message):
    if not condition:
        problems.append(message)


def only(kind):
    expect(len(kinds.get(kind, [])) == 1, f"expected one {kind}, found {len(kinds.get(kind, []))}")
    return kinds[kind][0] if kinds.get(kind) else None


deployment = only("Deployment")
pod = deployment["spec"]["template"]
labels = pod["metadata"]["labels"]
container = pod["spec"]["containers"][0]
ports = {p["name"]: p["containerPort"] for p in container["ports"]}


def selects(selector, what):
    wanted = (selector or {}).get("matchLabels", {})
    expect(wanted, f"{what} selects everything")
    expect(wanted.items() <= labels.items(), f"{what} selects {wanted}, pods have {labels}")


selects(deployment["spec"]["selector"], "Deployment")
selects(only("PodDisruptionBudget")["spec"]["selector"], "PodDisruptionBudget")
policy = only("NetworkPolicy")["spec"]
selects(policy["podSelector"], "NetworkPolicy")
allowed = {p["port"] for rule in policy["ingress"] for p in rule["ports"]}
expect(allowed == set(ports.values()), f"NetworkPolicy lets in {sorted(allowed)}, the container has {sorted(ports.values())}")

for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
    get = container[probe]["httpGet"]
    expect(get["port"] in ports, f"{probe} asks port {get['port']}")
    expect(get["path"].startswith("/health/"), f"{probe} asks {get['path']}")
expect(pod["metadata"]["annotations"]["prometheus.io/port"] == str(ports["http"]), "Prometheus is told another port than http")

maps = {d["metadata"]["name"]: d for d in kinds.get("ConfigMap", [])}
volumes = {v["name"]: v for v in pod["spec"]["volumes"]}
for mount in container["volumeMounts"]:
    expect(mount["name"] in volumes, f"volume {mount['name']} is not declared")
paths = [m["mountPath"] for m in container["volumeMounts"]]
expect(not any(a != b and b.startswith(a + "/") for a in paths for b in paths), f"a mount lies within another: {paths}")
files = {}
for mount in container["volumeMounts"]:
    config = volumes[mount["name"]].get("configMap")
    if config:
        expect(config["name"] in maps, f"config map {config['name']} is not generated")
        files.update({f"{mount['mountPath']}/{key}": text for key, text in maps.get(config["name"], {}).get("data", {}).items()})
settings = container["args"][container["args"].index("--settings") + 1]
expect(settings in files, f"{settings} is in no config map")
for topic in yaml.safe_load(files.get(settings, "{}")).get("Topics", {}).values():
    expect(topic["Profile"] in files, f"profile {topic['Profile']} is in no config map")

account = only("ServiceAccount")["metadata"]["name"]
expect(pod["spec"]["serviceAccountName"] == account, "the pods use another service account")
expect(not kinds.get("Secret"), "a Secret stands in the manifests")

expect(container["securityContext"].get("readOnlyRootFilesystem"), "the root file system can be written")
expect(pod["spec"]["securityContext"].get("runAsNonRoot"), "the container may run as root")
for scaled in kinds.get("ScaledObject", []):
    expect(scaled["spec"]["scaleTargetRef"]["name"] == deployment["metadata"]["name"], "the scaler scales something else")
    expect(scaled["spec"]["minReplicaCount"] <= deployment["spec"]["replicas"] <= scaled["spec"]["maxReplicaCount"], "replicas lie outside the scaler's range")

print("\n".join(problems))
sys.exit(1 if problems else 0)
