package dev.ajar.relay.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Once on each kind of channel there is here; the test is told whether it is epoll's. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "epoll {0}")
@MethodSource("dev.ajar.relay.engine.RelayRig#kinds")
@interface OnEveryKind {}
