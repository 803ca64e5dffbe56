/* What "route print -4" and "-6" print on Windows, for Wine, which has no such program. With Wine's own tables of routes.
   x86_64-w64-mingw32-gcc -O2 -s -o route.exe route.c -liphlpapi -lws2_32 */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <iphlpapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char LINE[] = "===========================================================================";

/* The address of the interface, as in the column that names it. */
static DWORD own(MIB_IPADDRTABLE *addresses, DWORD index) {
    for (DWORD i = 0; i < addresses->dwNumEntries; i++) {
        if (addresses->table[i].dwIndex == index) {
            return addresses->table[i].dwAddr;
        }
    }
    return 0;
}

static void text(DWORD address, char *to) {
    const unsigned char *byte = (const unsigned char *) &address;
    sprintf(to, "%u.%u.%u.%u", byte[0], byte[1], byte[2], byte[3]);
}

static int ipv6(void) {
    MIB_IPFORWARD_TABLE2 *table;
    if (GetIpForwardTable2(AF_INET6, &table)) {
        return 1;
    }
    printf("%s\nInterface List\n%s\n\nIPv6 Route Table\n%s\nActive Routes:\n", LINE, LINE, LINE);
    printf(" If Metric Network Destination      Gateway\n");
    for (ULONG i = 0; i < table->NumEntries; i++) {
        MIB_IPFORWARD_ROW2 *row = &table->Table[i];
        char to[64], prefix[80], gateway[64];
        static const struct in6_addr none;
        inet_ntop(AF_INET6, &row->DestinationPrefix.Prefix.Ipv6.sin6_addr, to, sizeof to);
        sprintf(prefix, "%s/%u", to, row->DestinationPrefix.PrefixLength);
        inet_ntop(AF_INET6, &row->NextHop.Ipv6.sin6_addr, gateway, sizeof gateway);
        if (memcmp(&row->NextHop.Ipv6.sin6_addr, &none, sizeof none) == 0) {
            strcpy(gateway, "On-link");
        }
        // A long destination has a line of its own.
        printf("%3lu %6lu %-24s%s%s\n", row->InterfaceIndex, row->Metric + 25, prefix,
               strlen(prefix) > 23 ? "\n                                   " : " ", gateway);
    }
    printf("%s\nPersistent Routes:\n  None\n", LINE);
    return 0;
}

int main(int count, char **words) {
    if (count > 2 && strcmp(words[2], "-6") == 0) {
        return ipv6();
    }
    static char routes[1 << 16], addresses[1 << 16];
    ULONG size = sizeof routes, more = sizeof addresses;
    MIB_IPFORWARDTABLE *table = (MIB_IPFORWARDTABLE *) routes;
    if (GetIpForwardTable(table, &size, TRUE) || GetIpAddrTable((MIB_IPADDRTABLE *) addresses, &more, TRUE)) {
        return 1;
    }
    printf("%s\nInterface List\n%s\n\nIPv4 Route Table\n%s\nActive Routes:\n", LINE, LINE, LINE);
    printf("Network Destination        Netmask          Gateway       Interface  Metric\n");
    for (DWORD i = 0; i < table->dwNumEntries; i++) {
        MIB_IPFORWARDROW *row = &table->table[i];
        char to[16], mask[16], gateway[16], card[16];
        text(row->dwForwardDest, to);
        text(row->dwForwardMask, mask);
        text(row->dwForwardNextHop, gateway);
        text(own((MIB_IPADDRTABLE *) addresses, row->dwForwardIfIndex), card);
        printf("%17s %15s %15s %15s %6lu\n", to, mask, row->dwForwardNextHop ? gateway : "On-link", card,
               row->dwForwardMetric1 + 25);
    }
    printf("%s\nPersistent Routes:\n  None\n", LINE);
    return 0;
}
