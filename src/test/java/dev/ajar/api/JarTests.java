package dev.ajar.api;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A program: runs the library's tests against the jar on its class path, without a test engine beside it. */
final class JarTests {
    private static final PrintWriter OUT = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

    private JarTests() {}

    public static void main(String[] args) throws ReflectiveOperationException, IOException {
        OUT.println("Library from "
                + Ajar.class.getProtectionDomain().getCodeSource().getLocation());
        List<String> failed = new ArrayList<>();
        List<Method> tests = Arrays.stream(AjarTest.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .toList();
        for (Method test : tests) {
            if (!passes(test)) {
                failed.add(test.getName());
            }
        }
        OUT.println(tests.size() - failed.size() + " passed, " + failed.size() + " failed " + failed);
        System.exit(failed.isEmpty() && !tests.isEmpty() ? 0 : 1);
    }

    private static boolean passes(Method test) throws ReflectiveOperationException, IOException {
        AjarTest instance = new AjarTest();
        Field folder = AjarTest.class.getDeclaredField("folder");
        folder.setAccessible(true);
        folder.set(instance, Files.createTempDirectory("ajar-jar-tests"));
        test.setAccessible(true);
        try {
            test.invoke(instance);
            return true;
        } catch (InvocationTargetException e) {
            e.printStackTrace(OUT);
            return false;
        } finally {
            instance.switchOff();
        }
    }
}
