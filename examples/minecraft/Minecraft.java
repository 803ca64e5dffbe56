///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//REPOS central,file://${user.dir}/target/repository
//DEPS net.minestom:minestom:2026.01.08-1.21.11
//DEPS dev.ajar:ajar-core:0.1.0

// A Minecraft server (Minestom) that opens its own port and tells in chat what friends type. As a jbang script, or:
//   mvn -f test-fixtures/minecraft/pom.xml package
//   java -cp 'target/minestom/*:target/repository/dev/ajar/ajar-core/0.1.0/*' examples/minecraft/Minecraft.java 25565
// With "closed" after the port it leaves the router alone, for ajar run.

import dev.ajar.api.Ajar;
import dev.ajar.api.OpenPort;
import dev.ajar.api.PortRequest;
import dev.ajar.api.PortState;
import net.kyori.adventure.text.Component;
import net.minestom.server.MinecraftServer;
import net.minestom.server.coordinate.Pos;
import net.minestom.server.event.player.AsyncPlayerConfigurationEvent;
import net.minestom.server.event.player.PlayerSpawnEvent;
import net.minestom.server.instance.InstanceContainer;
import net.minestom.server.instance.block.Block;

public class Minecraft {
    private static volatile String news = "Only this network can join";

    public static void main(String[] arguments) {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 25565;
        MinecraftServer server = MinecraftServer.init();
        InstanceContainer world = MinecraftServer.getInstanceManager().createInstanceContainer();
        world.setGenerator(unit -> unit.modifier().fillHeight(0, 40, Block.GRASS_BLOCK));
        var events = MinecraftServer.getGlobalEventHandler();
        events.addListener(AsyncPlayerConfigurationEvent.class, event -> {
            event.setSpawningInstance(world);
            event.getPlayer().setRespawnPoint(new Pos(0, 42, 0));
        });
        events.addListener(PlayerSpawnEvent.class, event -> event.getPlayer().sendMessage(Component.text(news)));
        server.start("0.0.0.0", port);

        if (arguments.length < 2 || !arguments[1].equals("closed")) {
            // Asks the router on a thread of its own: no tick of the game waits. Closed when the JVM exits.
            Ajar ajar = Ajar.builder().onChange(Minecraft::changed).build();
            ajar.keepOpen(PortRequest.tcp(port).named("Minecraft"));
        }
    }

    private static void changed(OpenPort port, PortState before, PortState now) {
        switch (now) {
            case PortState.Open open ->
                tell("Friends type " + port.joinAddress().orElse("the router's address"));
            case PortState.Lost lost ->
                tell("Friends cannot join: " + lost.problem().sentence());
            case PortState.Refused refused -> {
                tell("Friends cannot join: " + refused.problem().sentence());
                refused.problem().advice().forEach(System.out::println);
            }
            case PortState.Opening opening -> {}
            case PortState.Closed closed -> {}
        }
    }

    private static void tell(String line) {
        news = line;
        System.out.println(line);
        MinecraftServer.getConnectionManager()
                .getOnlinePlayers()
                .forEach(player -> player.sendMessage(Component.text(line)));
    }
}
