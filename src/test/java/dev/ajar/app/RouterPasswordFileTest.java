package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakeRest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The router's password in a file that the configuration names. */
@EnabledOnOs(OS.LINUX)
@Execution(ExecutionMode.CONCURRENT)
class RouterPasswordFileTest extends RouterCommandFixture {
    RouterPasswordFileTest() throws IOException {}

    private Path file() {
        return home.resolve("own").resolve("word");
    }

    @BeforeEach
    void prepare() throws IOException {
        password = "";
        Files.createDirectories(file().getParent());
        Path config = home.resolve("own").resolve("ajar.toml");
        Files.writeString(config, "[defaults]\nrouter_password_file = '" + file() + "'\n");
        more.put("AJAR_CONFIG", config.toString());
    }

    private void write(String text) throws IOException {
        Files.writeString(file(), text);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    }

    private InProcess.Outcome add(FakeInterface fake) {
        return ajar("router", "add", "--url", fake.base().toString(), "--yes");
    }

    @Test
    void it_is_used_where_it_is_and_kept_nowhere_else() throws IOException {
        write(FakeInterface.PASSWORD + "\nnotes\n");
        try (FakeInterface fake = new FakeRest()) {
            InProcess.Outcome added = add(fake);
            assertThat(added.err()).isEmpty();
            assertThat(added.out()).contains("in the file that the configuration names");
            assertThat(ajar("open", "25565", "--method", "router").exitCode()).isZero();
            assertThat(fake.rules()).hasSize(1);
            assertThat(ajar("router", "list", "--json").out()).contains("\"secret_in\":\"named_file\"");
            Path bundle = home.resolve("bundle.json");
            InProcess.Outcome doctor = ajar("doctor", "--bundle", bundle.toString());
            assertThat(doctor.out() + doctor.err()).doesNotContain(FakeInterface.PASSWORD);
            assertThat(bundle).exists();
            try (Stream<Path> files = Files.walk(home)) {
                for (Path one : files.filter(Files::isRegularFile)
                        .filter(path -> !path.equals(file()))
                        .toList()) {
                    assertThat(Files.readString(one)).as("%s", one).doesNotContain(FakeInterface.PASSWORD);
                }
            }
            assertThat(ajar("close", "25565").exitCode()).isZero();
            assertThat(ajar("router", "forget").exitCode()).isZero();
            assertThat(file()).exists();
        }
    }

    @Test
    void a_file_that_others_can_read_is_refused_before_anything_is_sent() throws IOException {
        write(FakeInterface.PASSWORD);
        try (FakeInterface fake = new FakeRest()) {
            for (String rights : new String[] {"rw-r-----", "rw----r--", "rw--w----"}) {
                Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(rights));
                InProcess.Outcome added = add(fake);
                assertThat(added.exitCode()).isNotZero();
                assertThat(added.err()).contains("chmod 600").doesNotContain(FakeInterface.PASSWORD);
            }
            assertThat(ajar("router", "list").out()).contains("No router is enrolled");
        }
    }

    @Test
    void what_is_no_use_is_told_by_its_name() throws IOException {
        try (FakeInterface fake = new FakeRest()) {
            assertThat(add(fake).err()).contains("is not there", file().toString());
            write("\nsecond line\n");
            assertThat(add(fake).err()).contains("nothing in its first line");
            write("x".repeat(5000));
            assertThat(add(fake).err()).contains("or a long one");
            Files.delete(file());
            Files.createDirectory(file());
            assertThat(add(fake).err()).contains("is no file");
        }
    }

    @Test
    void a_path_that_is_not_whole_is_a_mistake_of_the_configuration() throws IOException {
        Path config = home.resolve("own").resolve("ajar.toml");
        Files.writeString(config, "[defaults]\nrouter_password_file = \"word\"\n");
        InProcess.Outcome checked = ajar("config", "check", config.toString());
        assertThat(checked.exitCode()).isNotZero();
        assertThat(checked.out() + checked.err()).contains("write router_password_file as a whole path");
    }
}
