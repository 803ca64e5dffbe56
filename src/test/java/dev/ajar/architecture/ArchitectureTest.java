package dev.ajar.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.ajar.model.LeaseHandle;

/** Fences around libraries, the clock and the console; {@link LayersTest} holds which package may use which. */
@AnalyzeClasses(packages = "dev.ajar", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
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
            .resideOutsideOfPackage("dev.ajar.http")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.hc..");

    /** Everything else knows a protocol by its traits. */
    @ArchTest
    static final ArchRule only_the_wiring_names_protocols = noClasses()
            .that()
            .resideOutsideOfPackages("dev.ajar.gateway..", "dev.ajar.app")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.ajar.gateway.upnp..", "dev.ajar.gateway.pxp..");

    @ArchTest
    static final ArchRule lease_handles_are_opaque_outside_their_protocol = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ajar.gateway..")
            .should()
            .implement(LeaseHandle.class);

    /** What they show are values of {@code mapping}, so the file may change without them. */
    @ArchTest
    static final ArchRule reports_do_not_show_the_state_file = noClasses()
            .that()
            .resideInAnyPackage("dev.ajar.cli.render", "dev.ajar.cli.option", "dev.ajar.doctor", "dev.ajar.demo")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.ajar.state..");

    @ArchTest
    static final ArchRule picocli_stays_in_cli = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ajar.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..");

    @ArchTest
    static final ArchRule netty_stays_in_the_relays_engine = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ajar.relay.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..");

    @ArchTest
    static final ArchRule the_client_of_kubernetes_stays_in_its_package = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ajar.kubernetes.client")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..");

    @ArchTest
    static final ArchRule toml_stays_in_its_package = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ajar.config")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.tomlj..");

    @ArchTest
    static final ArchRule qrcodegen_stays_in_its_package = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ajar.cli.qr")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.nayuki..");

    @ArchTest
    static final ArchRule jackson_stays_in_json = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ajar.json")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tools.jackson..", "com.fasterxml..");

    /** jUPnP's own XML readers resolve external entities; only its messages and its model are used. */
    @ArchTest
    static final ArchRule no_xml_parser_touches_router_text = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.xml.sax..", "org.w3c.dom..", "javax.xml..", "org.jupnp.binding..");

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

    /** Java's own initialise {@code BigDecimal}: docs/decisions/0068. */
    @ArchTest
    static final ArchRule durations_are_multiplied_in_one_place = noClasses()
            .should()
            .callMethod(java.time.Duration.class, "multipliedBy", long.class)
            .orShould()
            .callMethod(java.time.Duration.class, "dividedBy", long.class)
            .orShould()
            .callMethod(java.time.Duration.class, "abs")
            .orShould()
            .callMethod(java.time.Duration.class, "negated");

    @ArchTest
    static final ArchRule names_are_not_looked_up = noClasses()
            .should()
            .callMethod(java.net.InetAddress.class, "getByName", String.class)
            .orShould()
            .callMethod(java.net.InetAddress.class, "getAllByName", String.class)
            .orShould()
            .callMethod(java.net.InetAddress.class, "getLocalHost");
}
