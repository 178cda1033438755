// A mail server on the loopback. Writes every message that it takes to FOLDER/<number>.eml, and then a line about it to FOLDER/taken.jsonl,
// before it answers; so what it has answered for is on disk, also when it is killed. It says "taken" of each, so that nobody has to look again and again.
//   node server.js FOLDER [--port N] [--delay MS] [--drop N] [--user NAME --password WORD] [--cert FILE --key FILE] [--tls] [--no-starttls]
// Addresses that begin with "refuse" are refused for good, with "later" for now; a message with "crash-me" in its subject breaks the connection
// before the answer; --drop breaks it after every Nth message that was taken, without an answer.
const fs = require('fs');
const path = require('path');
const { SMTPServer } = require('smtp-server');

const folder = process.argv[2];
const option = (name, fallback) => { const at = process.argv.indexOf('--' + name); return at < 0 ? fallback : process.argv[at + 1]; };
const flag = name => process.argv.includes('--' + name);
const delay = Number(option('delay', 0));
const drop = Number(option('drop', 0));
const user = option('user');
fs.mkdirSync(folder, { recursive: true });
const log = fs.openSync(path.join(folder, 'taken.jsonl'), 'a');
let number = fs.readdirSync(folder).filter(name => name.endsWith('.eml')).length;
let taken = 0;

const failed = (code, text) => Object.assign(new Error(text), { responseCode: code });
const cut = session => server.connections.forEach(connection => { if (connection.id === session.id) connection._socket.destroy(); });
const server = new SMTPServer({
  secure: flag('tls'),
  ...(option('cert') ? { cert: fs.readFileSync(option('cert')), key: fs.readFileSync(option('key')) } : {}),
  disabledCommands: [...(user ? [] : ['AUTH']), ...(option('cert') && !flag('no-starttls') ? [] : ['STARTTLS'])],
  authOptional: !user,
  allowInsecureAuth: true,
  logger: false,
  disableReverseLookup: true,
  onAuth: (auth, session, callback) =>
    auth.username === user && auth.password === option('password') ? callback(null, { user }) : callback(failed(535, 'wrong name or password')),
  onMailFrom: (address, session, callback) => callback(address.address.startsWith('refuse') ? failed(550, 'sender refused') : null),
  onRcptTo: (address, session, callback) =>
    callback(address.address.startsWith('refuse') ? failed(550, '5.1.1 no such person') : address.address.startsWith('later') ? failed(450, '4.2.0 try again later') : null),
  onData: (stream, session, callback) => {
    const chunks = [];
    stream.on('data', chunk => chunks.push(chunk));
    stream.on('end', () => {
      const raw = Buffer.concat(chunks);
      const head = raw.toString('latin1', 0, raw.indexOf('\r\n\r\n'));
      if (head.includes('crash-me')) {
        cut(session);
        return;
      }

      const name = `${String(++number).padStart(6, '0')}.eml`;
      fs.writeFileSync(path.join(folder, name), raw);
      fs.writeSync(log, JSON.stringify({
        file: name,
        id: (/^message-id:\s*(<[^>]+>)/im.exec(head) || [])[1],
        from: session.envelope.mailFrom.address,
        to: session.envelope.rcptTo.map(recipient => recipient.address),
        secure: session.secure,
      }) + '\n');
      taken++;
      console.log('taken');
      const answer = () => drop > 0 && taken % drop === 0 ? cut(session) : callback(null, `taken as ${name}`);
      delay > 0 ? setTimeout(answer, delay) : answer();
    });
  },
  onConnect: (session, callback) => callback(),
});
server.on('error', error => { if (error.code === 'EADDRINUSE') { console.error(error.message); process.exit(1); } });
server.listen(Number(option('port', 0)), '127.0.0.1', () => console.log(`listening ${server.server.address().port}`));
