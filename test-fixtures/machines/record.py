#!/usr/bin/env python3
"""Prints, as JSON, all that ajar asks the Linux kernel of this network namespace. Sends nothing. record.sh runs it."""

import json
import os
import socket
import subprocess

NET = "/sys/class/net/"
TABLES = ["/proc/self/net/" + name for name in ("route", "if_inet6", "ipv6_route", "fib_trie", "arp")]
# Machine.PUBLIC
PUBLIC = ["64.50.0.1", "193.50.0.1", "2400:50::1"]


def text(path):
    try:
        with open(path, encoding="latin-1") as file:
            return file.read()
    except OSError:
        return None


def ip(*arguments):
    ran = subprocess.run(["ip", *arguments], capture_output=True, text=True, env={"LC_ALL": "C", "PATH": os.environ["PATH"]})
    # 2 is the kernel's refusal, and anything else that the program did not understand.
    return ran.stdout if ran.returncode == 0 else "" if ran.returncode == 2 else "not understood"


def packets(rule):
    """What IpRuleJson asks for a rule that tells packets apart by more than their addresses: one question or two."""
    question = []
    numbers = {"tcp": "6", "udp": "17"}
    low = rule.get("dport_end", rule.get("dport", rule.get("dport_start", 1024))) < 1024
    if rule.get("ipproto", "tcp") not in numbers or low:
        return []
    for name in ("fwmark", "tos", "oif"):
        if name in rule:
            question += [name.replace("fw", ""), rule[name]]
    user = len(question) + 1
    if "uid_start" in rule:
        question += ["uid", str(rule["uid_start"])]
    question += port(rule, "dport")
    if "ipproto" in rule:
        question += ["ipproto", numbers[rule["ipproto"]]]
    question += port(rule, "sport")
    if "uid_start" not in rule:
        return [question] if question else []
    first, last = rule["uid_start"], rule.get("uid_end", 0xFFFFFFFE)
    other = str(last + 1 if last < 0xFFFFFFFE else first - 1)
    return [question, question[:user] + [other] + question[user + 1 :]]


def port(rule, name):
    first = rule.get(name, rule.get(name + "_start"))
    return [] if first is None else [name, str(first)]


def source(destination):
    family = socket.AF_INET6 if ":" in destination else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as unsent:
        try:
            unsent.connect((destination, 9))
            return unsent.getsockname()[0].split("%")[0]
        except OSError:
            return None


def record():
    files, folders, links = {}, {NET: sorted(os.listdir(NET))}, {}
    for name in folders[NET]:
        folder = NET + name + "/"
        if not os.path.isdir(folder):
            continue
        folders[folder] = sorted(os.listdir(folder))
        for file in ("type", "flags", "ifindex", "iflink", "carrier", "uevent", "tun_flags"):
            files[folder + file] = text(folder + file)
        if os.path.isdir(folder + "brif"):
            folders[folder + "brif"] = sorted(os.listdir(folder + "brif"))
        if os.path.islink(folder + "master"):
            links[folder + "master"] = os.path.basename(os.readlink(folder + "master"))
    for table in TABLES:
        files[table] = text(table)
    hosts = text("/etc/hosts") or ""
    files["/etc/hosts"] = hosts if hosts.startswith("# Kubernetes-managed") else None
    answers = {}
    for question in (
        ["-j", "-4", "rule"],
        ["-j", "-6", "rule"],
        ["-j", "-4", "route", "show", "table", "all"],
        ["-j", "-6", "route", "show", "table", "all"],
        ["-j", "-d", "link"],
        ["-j", "addr"],
        ["-j", "-6", "neigh"],
    ):
        answers[" ".join(question)] = ip(*question)
    addresses, own = [], []
    for link in json.loads(answers["-j addr"]):
        for address in link["addr_info"]:
            own.append(address["local"])
            if address["family"] == "inet":
                addresses.append(
                    {"interface": link["ifname"], "address": address["local"], "prefix_length": address["prefixlen"]}
                )
    gateways = [
        route["gateway"]
        for table in ("-j -4 route show table all", "-j -6 route show table all")
        for route in json.loads(answers[table] or "[]")
        if "gateway" in route
    ]
    for destination in PUBLIC:
        question = ["-j", "route", "get", destination]
        answers[" ".join(question)] = ip(*question)
        for address in own:
            if (":" in address) == (":" in destination):
                answers[" ".join([*question, "from", address])] = ip(*question, "from", address)
                rules = json.loads(answers["-j -6 rule" if ":" in address else "-j -4 rule"] or "[]")
                for packet in (packet for rule in rules for packet in packets(rule)):
                    answers[" ".join([*question, "from", address, *packet])] = ip(*question, "from", address, *packet)
    for gateway in gateways:
        if ":" not in gateway:
            question = ["-j", "route", "get", gateway]
            answers[" ".join(question)] = ip(*question)
            for address in own if '"src":' in answers["-j -4 rule"].replace('"src":"all"', "") else []:
                if ":" not in address:
                    answers[" ".join([*question, "from", address])] = ip(*question, "from", address)
    wanted = PUBLIC + [gateway for gateway in gateways if not gateway.startswith("fe80:")]
    return {
        "files": {path: content for path, content in files.items() if content is not None},
        "folders": folders,
        "links": links,
        "addresses": addresses,
        "sources": {destination: found for destination in wanted if (found := source(destination)) is not None},
        "ip": answers,
    }


print(json.dumps(record(), indent=1, sort_keys=True))
