/**
 * ajar for Java programs: opens ports on the home router, keeps them open, and says why when it cannot.
 * {@code dev.ajar.api} is the way in, and all that is exported.
 */
module dev.ajar {
    // HttpClient names its socket options.
    requires jdk.net;

    exports dev.ajar.api;

    // The libraries' slf4j, under its name in this jar: their log goes to System.Logger.
    uses dev.ajar.lib.slf4j.spi.SLF4JServiceProvider;

    provides dev.ajar.lib.slf4j.spi.SLF4JServiceProvider with
            dev.ajar.embed.log.SystemLogProvider;
}
