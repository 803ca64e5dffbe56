package dev.ajar.relay.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs a test once for each kind of channel on this system; its argument says whether that is epoll. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "epoll {0}")
@MethodSource("dev.ajar.relay.engine.RelayRig#kinds")
@interface OnEveryKind {}
