#!/usr/bin/env python3
"""Verifies decisions, recalls and heartbeats of Assay without Assay.

    kcat -b HOST:PORT -C -e -q -J -t assay.trust-decisions.v1 | python3 verify_trust.py signing.pem.pub [MORE.pub …]

Needs the package cryptography (Debian: python3-cryptography). Names every message that is not good; ends with 1 where there is one.
A retrainer that has messages from its own consumer calls verify() with the bytes of value, key and header.
"""
import base64
import binascii
import hashlib
import json
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

PAYLOAD_TYPE = "application/cloudevents+json"


def load_keys(paths):
    """Public keys by key id: the SHA-256 of their SubjectPublicKeyInfo in DER."""
    keys = {}
    for path in paths:
        with open(path, "rb") as file:
            key = serialization.load_pem_public_key(file.read())
        der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        keys[hashlib.sha256(der).hexdigest()] = key
    return keys


def verify(value, header, keys, message_key=None):
    """None where the value (bytes) is signed with one of the keys, else why not. header: value of the header assay-dsse, None where absent."""
    if header is None:
        return "unsigned"
    try:
        envelope = json.loads(header)
        if envelope["payloadType"] != PAYLOAD_TYPE:
            return "another payload type"
        # DSSE's pre-authentication encoding, version 1.
        signed = b"DSSEv1 %d %s %d %s" % (len(PAYLOAD_TYPE), PAYLOAD_TYPE.encode(), len(value), value)
        good = any(_good(keys.get(s["keyid"]), base64.b64decode(s["sig"], validate=True), signed) for s in envelope["signatures"])
    except (ValueError, KeyError, TypeError, binascii.Error):
        return "the header assay-dsse is no envelope"
    if not good:
        return "no signature of an accepted key over this message"
    return None if message_key is None else _misfiled(json.loads(value), message_key)


def _good(key, signature, signed):
    if key is None:
        return False
    try:
        key.verify(signature, signed, ec.ECDSA(hashes.SHA256()))
        return True
    except InvalidSignature:
        return False


def _misfiled(event, message_key):
    """A message under another identity's key would hide that identity's decision once the topic is compacted."""
    data = event["data"]
    if event["type"] == "assay.heartbeat.v1":
        expected = ["heartbeat", data["partition"]]
    else:
        expected = [data["identity"]] + ([data["source"]] if "source" in data else [])
    found = json.loads(message_key) if message_key.startswith(b"[") else [message_key.decode()]
    return None if found == expected else f"lies under the key {message_key.decode()}"


def main():
    keys = load_keys(sys.argv[1:])
    if not keys:
        sys.exit("usage: verify_trust.py PUBLIC_KEY.pem…   (messages of kcat -J on standard input)")
    good = bad = 0
    for line in sys.stdin:
        message = json.loads(line)
        names = message.get("headers", [])
        headers = dict(zip(names[::2], names[1::2]))
        header = headers.get("assay-dsse")
        reason = verify(
            (message["payload"] or "").encode(), None if header is None else header.encode(), keys, (message["key"] or "").encode())
        if reason is None:
            good += 1
        else:
            bad += 1
            print(f"{message['topic']}/{message['partition']}/{message['offset']}: {reason}")
    print(f"{good} good, {bad} not")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
