package dev.ajar.gateway.admin;

/** @param user empty where the interface wants a password alone */
public record Credentials(String user, Secret secret) {}
