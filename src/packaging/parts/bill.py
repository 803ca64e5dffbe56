"""What an archive holds of others: licence texts, NOTICE and a CycloneDX bill of materials, from the files themselves."""
import fnmatch, hashlib, json, re, uuid

from common import File, Refused

JAR = re.compile(r"lib/(?:relay/|kubernetes/)?(?P<name>[a-z][\w.-]*?)-(?P<version>\d[\w.]*?)(?P<classifier>-linux-\w+)?\.jar$")


def add_bill(root, version, files, release):
    """Adds NOTICE, licenses/ and sbom.cdx.json to the files of an archive."""
    folder = root / "src" / "packaging" / "third-party"
    known = json.loads((folder / "components.json").read_text())["components"]
    parts = [part(name, file, known) for name, file in sorted(files.items())
             if name.startswith("lib/") and name.endswith(".jar") and name != "lib/ajar.jar"]
    for text in sorted({one["text"] for one in parts}):
        files["licenses/" + text] = File(folder / text)
    if release is not None and not any(name.startswith("runtime/legal/java.base/") for name in files):
        raise Refused("the runtime has no legal/java.base: its licence has to go along")
    files["licenses/THIRD-PARTY.txt"] = File(None, table(parts, release).encode())
    files["NOTICE"] = File(folder / "NOTICE")
    files["sbom.cdx.json"] = File(None, sbom(version, files, parts, release).encode())


def part(name, file, known):
    matched = JAR.match(name)
    if not matched:
        raise Refused(f"{name} has no name and version")
    for one in known:
        if fnmatch.fnmatchcase(matched["name"], one["name"]):
            return one | {"name": matched["name"], "version": matched["version"], "file": name,
                          "classifier": (matched["classifier"] or "-")[1:],
                          "sha256": hashlib.sha256(file.read()).hexdigest()}
    raise Refused(f"{name} is in no line of src/packaging/third-party/components.json: add it, with its licence's text")


def table(parts, release):
    lines = ["What is in this archive beside ajar itself, and under which licence.", ""]
    for one in parts:
        lines += [f"{one['file']}", f"    {one['group']}:{one['name']} {one['version']}",
                  f"    {one['license']}: licenses/{one['text']}", f"    source: {one['source']}", ""]
    if release is not None:
        lines += ["runtime/", f"    OpenJDK {release.get('JAVA_VERSION', '')}, built by "
                  f"{release.get('IMPLEMENTOR', 'an unknown builder')} ({release.get('IMPLEMENTOR_VERSION', 'no name')})",
                  "    GPL-2.0 with the Classpath Exception, and others: runtime/legal",
                  "    source: https://github.com/openjdk/jdk", ""]
    return "\n".join(lines)


def sbom(version, files, parts, release):
    components = [{"type": "library", "group": one["group"], "name": one["name"], "version": one["version"],
                   "purl": purl(one), "bom-ref": purl(one), "licenses": [{"license": {"id": one["license"]}}],
                   "hashes": [{"alg": "SHA-256", "content": one["sha256"]}]} for one in parts]
    if release is not None:
        components.append({"type": "platform", "name": "OpenJDK", "version": release.get("JAVA_VERSION", ""),
                           "supplier": {"name": release.get("IMPLEMENTOR", "unknown")}, "bom-ref": "openjdk",
                           "licenses": [{"expression": "GPL-2.0-only WITH Classpath-exception-2.0"}]})
    # The add-on has no class of ajar: it is what its jars are.
    program = files.get("lib/ajar.jar")
    own = [{"alg": "SHA-256", "content": hashlib.sha256(program.read()).hexdigest()}] if program else []
    name = "ajar" if program else "ajar-kubernetes"
    bill = {"bomFormat": "CycloneDX", "specVersion": "1.5",
            "serialNumber": "urn:uuid:" + str(uuid.uuid5(uuid.NAMESPACE_OID, json.dumps([own, components]))), "version": 1,
            "metadata": {"component": {"type": "application", "name": name, "version": version, "bom-ref": name,
                                       "hashes": own}},
            "components": components}
    return json.dumps(bill, indent=1) + "\n"


def purl(one):
    classifier = f"?classifier={one['classifier']}" if one["classifier"] else ""
    return f"pkg:maven/{one['group']}/{one['name']}@{one['version']}{classifier}"
