package dev.ajar.background;

import dev.ajar.message.Message;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A task of Windows' Task Scheduler, for this user alone and with no more rights than the user has. */
record TaskScheduler() implements ServiceManager {
    private static final String TASK = "ajar";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    @Override
    public Path file(Place place) {
        return place.config().resolve(Path.of("ajar", "ajar-task.xml"));
    }

    /** schtasks takes no UTF-8, whatever the declaration of the XML says. */
    @Override
    public Charset charset() {
        return StandardCharsets.UTF_16LE;
    }

    /** conhost runs the daemon without a window. Without the lines about batteries, a laptop would stop it on them. */
    @Override
    public String description(Place place) {
        return BYTE_ORDER_MARK
                + """
                <?xml version="1.0" encoding="UTF-16"?>
                <!-- %s -->
                <Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
                  <Triggers><LogonTrigger><UserId>%s</UserId></LogonTrigger></Triggers>
                  <Principals><Principal id="user"><UserId>%s</UserId><LogonType>InteractiveToken</LogonType>\
                <RunLevel>LeastPrivilege</RunLevel></Principal></Principals>
                  <Settings>
                    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
                    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
                    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
                    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
                    <RestartOnFailure><Interval>PT1M</Interval><Count>3</Count></RestartOnFailure>
                  </Settings>
                  <Actions Context="user"><Exec><Command>conhost.exe</Command>\
                <Arguments>--headless &quot;%s&quot; daemon</Arguments></Exec></Actions>
                </Task>
                """.formatted(
                                MARK,
                                Xml.escaped(place.user()),
                                Xml.escaped(place.user()),
                                Xml.escaped(place.launcher().toString()));
    }

    @Override
    public List<List<String>> install(Place place) {
        return List.of(
                List.of(
                        "schtasks",
                        "/Create",
                        "/F",
                        "/TN",
                        TASK,
                        "/XML",
                        file(place).toString()),
                List.of("schtasks", "/Run", "/TN", TASK));
    }

    @Override
    public List<List<String>> stop(Place place) {
        return List.of(List.of("schtasks", "/End", "/TN", TASK), List.of("schtasks", "/Delete", "/F", "/TN", TASK));
    }

    @Override
    public List<String> status(Place place) {
        return List.of("schtasks", "/Query", "/TN", TASK, "/XML", "ONE");
    }

    /** The answer in XML is the same in every language; whether the task runs is not in it. */
    @Override
    public State state(int exitCode, String output) {
        if (exitCode == 1) {
            return State.ABSENT;
        }
        return exitCode == 0 && output.contains("<Exec>") ? State.INSTALLED : State.UNKNOWN;
    }

    @Override
    public Message log(Place place) {
        return Message.of("background.log-windows");
    }
}
