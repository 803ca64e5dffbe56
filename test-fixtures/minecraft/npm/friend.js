// A friend whose game is minecraft-protocol, a client that is not ours: logs in, goes into the game, prints the first line of
// the chat that tells whether friends can join, or fails.
//
//   node friend.js ADDRESS PORT VERSION
'use strict'

const { createClient } = require('minecraft-protocol')

const [host, port, version] = process.argv.slice(2)
const SECONDS = 30

const fail = (why) => {
  console.error(why)
  process.exit(1)
}
setTimeout(() => fail(`nothing in ${SECONDS} s`), SECONDS * 1000).unref()

const client = createClient({ host, port: Number(port), version, username: 'Friend', auth: 'offline' })
let entity
client.on('login', (packet) => { entity = packet.entityId })
client.on('error', (error) => fail(String(error)))
client.on('end', (why) => fail(`ended: ${why}`))
client.on('systemChat', (chat) => {
  const line = /(Friends|Only) [^"\\]+/.exec(JSON.stringify(chat))
  if (line && entity !== undefined) {
    console.log(line[0])
    process.exit(0)
  }
})
