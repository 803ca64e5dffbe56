package dev.ajar.gateway.upnp.description;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Result;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jupnp.binding.xml.UDA10DeviceDescriptorBinderImpl;
import org.jupnp.model.meta.RemoteDevice;
import org.jupnp.model.meta.RemoteDeviceIdentity;
import org.jupnp.model.types.UDN;

/** A description that names a local file: the stock binder reads the file, ajar refuses the description. */
class ExternalEntityTest {
    private static final String SECRET = "the secret of this machine";

    @TempDir
    Path folder = Path.of(".");

    private String description = "";

    @BeforeEach
    void write() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), SECRET);
        description = "<?xml version=\"1.0\"?><!DOCTYPE root [<!ENTITY x SYSTEM \""
                + secret.toUri()
                + "\">]>"
                + "<root xmlns=\"urn:schemas-upnp-org:device-1-0\"><specVersion><major>1</major><minor>0</minor>"
                + "</specVersion><device><deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType>"
                + "<friendlyName>&x;</friendlyName><manufacturer>m</manufacturer><modelName>n</modelName>"
                + "<UDN>uuid:1</UDN><serviceList><service>"
                + "<serviceType>urn:schemas-upnp-org:service:WANIPConnection:1</serviceType>"
                + "<serviceId>urn:upnp-org:serviceId:W</serviceId><SCPDURL>/s</SCPDURL><controlURL>/c</controlURL>"
                + "<eventSubURL>/e</eventSubURL></service></serviceList></device></root>";
    }

    /** If this fails, jUPnP no longer reads external entities, and docs/decisions/0001 can be reconsidered. */
    @Test
    void the_stock_binder_reads_the_file() throws Exception {
        RemoteDeviceIdentity identity = new RemoteDeviceIdentity(
                new UDN("1"), 1800, URI.create("http://127.0.0.1:1/").toURL(), null, InetAddress.getLoopbackAddress());

        RemoteDevice device = new UDA10DeviceDescriptorBinderImpl().describe(new RemoteDevice(identity), description);

        assertThat(device.getDetails().getFriendlyName()).isEqualTo(SECRET);
    }

    @Test
    void ajar_refuses_the_description() {
        RouterUrl location =
                RouterUrl.parse("http://192.168.1.1:5000/rootDesc.xml").orElseThrow();

        Result<IgdDescription> result = DescriptionReader.read(description.getBytes(StandardCharsets.UTF_8), location);

        assertThat(((Result.Err<IgdDescription>) result).failure().detail().toString())
                .contains("DOCTYPE")
                .doesNotContain(SECRET);
    }
}
