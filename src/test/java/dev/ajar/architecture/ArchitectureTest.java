package dev.ajar.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
@AnalyzeClasses(packages = "dev.ajar", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule layers = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("model")
            .definedBy("dev.ajar.model")
            .layer("json")
            .definedBy("dev.ajar.json")
            .layer("system")
            .definedBy("dev.ajar.system..")
            .layer("profile")
            .definedBy("dev.ajar.profile")
            .layer("state")
            .definedBy("dev.ajar.state")
            .layer("gateway")
            .definedBy("dev.ajar.gateway")
            .layer("pxp")
            .definedBy("dev.ajar.gateway.pxp..")
            .layer("upnp")
            .definedBy("dev.ajar.gateway.upnp..")
            .layer("discovery")
            .definedBy("dev.ajar.discovery")
            .layer("manager")
            .definedBy("dev.ajar.manager")
            .layer("keeper")
            .definedBy("dev.ajar.keeper")
            .layer("control")
            .definedBy("dev.ajar.control")
            .layer("daemon")
            .definedBy("dev.ajar.daemon")
            .layer("launch")
            .definedBy("dev.ajar.launch")
            .layer("guide")
            .definedBy("dev.ajar.guide")
            .layer("doctor")
            .definedBy("dev.ajar.doctor")
            .layer("relay")
            .definedBy("dev.ajar.relay")
            .layer("engine")
            .definedBy("dev.ajar.relay.engine")
            .layer("worker")
            .definedBy("dev.ajar.relay.worker")
            .layer("simulator")
            .definedBy("dev.ajar.simulator")
            .layer("demo")
            .definedBy("dev.ajar.demo")
            .layer("cli")
            .definedBy("dev.ajar.cli..")
            .layer("app")
            .definedBy("dev.ajar.app")
            .whereLayer("model")
            .mayNotAccessAnyLayer()
            .whereLayer("json")
            .mayNotAccessAnyLayer()
            .whereLayer("system")
            .mayOnlyAccessLayers("model")
            .whereLayer("profile")
            .mayOnlyAccessLayers("model", "json")
            .whereLayer("state")
            .mayOnlyAccessLayers("model", "json", "system")
            .whereLayer("gateway")
            .mayOnlyAccessLayers("model", "system")
            .whereLayer("pxp")
            .mayOnlyAccessLayers("model", "system", "gateway")
            .whereLayer("upnp")
            .mayOnlyAccessLayers("model", "system", "profile", "gateway")
            .whereLayer("discovery")
            .mayOnlyAccessLayers("model", "system", "gateway")
            .whereLayer("manager")
            .mayOnlyAccessLayers("model", "system", "state", "gateway", "discovery")
            .whereLayer("keeper")
            .mayOnlyAccessLayers("model", "system", "state", "gateway", "discovery", "manager")
            .whereLayer("control")
            .mayOnlyAccessLayers("json")
            .whereLayer("relay")
            .mayOnlyAccessLayers("model", "json", "system")
            .whereLayer("engine")
            .mayOnlyAccessLayers("model", "relay")
            .whereLayer("worker")
            .mayOnlyAccessLayers("model", "json", "system", "relay", "engine")
            .whereLayer("daemon")
            .mayOnlyAccessLayers("model", "system", "state", "keeper", "control", "relay")
            .whereLayer("launch")
            .mayOnlyAccessLayers("model", "json", "system", "profile", "state", "keeper")
            .whereLayer("guide")
            .mayOnlyAccessLayers("model", "profile")
            .whereLayer("doctor")
            .mayOnlyAccessLayers("model", "system", "profile", "state", "gateway", "manager")
            .whereLayer("simulator")
            .mayOnlyAccessLayers("model", "system")
            .whereLayer("demo")
            .mayOnlyAccessLayers("model", "system", "gateway", "discovery", "manager", "simulator")
            .whereLayer("cli")
            .mayOnlyAccessLayers(
                    "model",
                    "system",
                    "json",
                    "profile",
                    "state",
                    "gateway",
                    "discovery",
                    "manager",
                    "keeper",
                    "control",
                    "daemon",
                    "launch",
                    "guide",
                    "doctor",
                    "relay")
            .whereLayer("app")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule no_cycles =
            slices().matching("dev.ajar.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule jupnp_stays_in_upnp = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ajar.gateway.upnp..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jupnp..");

    @ArchTest
    static final ArchRule http_client_stays_in_its_package = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ajar.gateway.upnp.http")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.hc..");

    @ArchTest
    static final ArchRule picocli_stays_in_cli = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ajar.cli")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..");

    @ArchTest
    static final ArchRule netty_stays_in_the_relays_engine = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ajar.relay.engine")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..");

    @ArchTest
    static final ArchRule toml_stays_in_its_package = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ajar.cli.config")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.tomlj..");

    @ArchTest
    static final ArchRule jackson_stays_in_json = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ajar.json")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tools.jackson..", "com.fasterxml..");

    /** jUPnP's own XML readers resolve external entities; only the model and the DOM side of its binder are used. */
    @ArchTest
    static final ArchRule no_xml_parser_touches_router_text = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.xml.sax..", "javax.xml.stream..", "javax.xml.transform..");

    @ArchTest
    static final ArchRule the_clock_is_injected = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ajar.system..")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule the_console_is_injected = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ajar.app")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(System.class, "getenv");

    @ArchTest
    static final ArchRule names_are_not_looked_up = noClasses()
            .should()
            .callMethod(java.net.InetAddress.class, "getByName", String.class)
            .orShould()
            .callMethod(java.net.InetAddress.class, "getAllByName", String.class)
            .orShould()
            .callMethod(java.net.InetAddress.class, "getLocalHost");
}
