// A private Apache: its own folder, its own port, no file of the machine's own Apache.

import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { connects } from "../lib/connect.mjs";

const APACHE = ["/usr/sbin/apache2", "/usr/local/sbin/apache2"].find(existsSync);
const MODULES = "/usr/lib/apache2/modules";
const LOADED = ["mpm_event", "authn_core", "authz_core", "authz_user", "dir", "mime", "include", "auth_openidc"];

// What Debian's package sets up around a site, as far as this one needs it.
const around = (folder, port, settings) => `
ServerRoot ${folder}
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile run/pid
DefaultRuntimeDir run
Mutex file:run default
ErrorLog error.log
LogLevel warn auth_openidc:info
${LOADED.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`).join("\n")}
# Apache gives its own rights away, and asks to whom.
${process.getuid() === 0 ? "User www-data\nGroup www-data" : ""}
TypesConfig /etc/mime.types
AddType text/html .shtml
AddOutputFilter INCLUDES .shtml
${Object.entries(settings).map(([name, value]) => `Define ${name} "${value}"`).join("\n")}
<VirtualHost *:${port}>
  DocumentRoot ${folder}/www
  <Directory ${folder}/www>
    Options +Includes
    FallbackResource /index.shtml
  </Directory>
  Include product.conf
</VirtualHost>
`;

connects({
  page: "apache.md",
  backchannel: "/callback?logout=backchannel",
  signOut: ["GET", "/callback?logout="],
  prepare: ({ folder, port, settings, page }) => {
    page.asksFor(["libapache2-mod-auth-openidc"]);
    if (!APACHE) throw new Error("apache2 is missing: run ./test connect, which installs it");
    for (const inside of ["run", "www"]) mkdirSync(join(folder, inside), { mode: 0o755 });
    for (const file of ["index.shtml", "signed-out.html"]) writeFileSync(join(folder, "www", file), page.block(file));
    // Whoever serves them has to come as far as the pages.
    chmodSync(dirname(folder), 0o711);
    writeFileSync(join(folder, "apache.conf"), around(folder, port, settings));
    return { shell: `exec ${APACHE} -f ${folder}/apache.conf -DFOREGROUND` };
  },
});
