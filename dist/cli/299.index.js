export const id = 299;
export const ids = [299];
export const modules = {

/***/ 8589:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y1: () => (/* binding */ tarRecordBytes),
/* harmony export */   mt: () => (/* binding */ TarError),
/* harmony export */   o: () => (/* binding */ isExtension),
/* harmony export */   o7: () => (/* binding */ tarEntry),
/* harmony export */   pI: () => (/* binding */ tarHeader),
/* harmony export */   uQ: () => (/* binding */ extended)
/* harmony export */ });
// What the records of a tar archive say: headers, and the extended headers before them. Sources: POSIX.1-2017 pax (ustar and extended
// headers), and GNU tar's long names and large numbers, https://www.gnu.org/software/tar/manual/html_node/Standard.html.
/** The bytes are no tar archive that is understood here. */
class TarError extends Error {
}
const tarRecordBytes = 512;
const kinds = {
    '0': 'file',
    '1': 'hard link',
    '2': 'symbolic link',
    '3': 'device',
    '4': 'device',
    '5': 'folder',
    '6': 'fifo',
    '7': 'file',
};
function text(bytes) {
    const end = bytes.indexOf(0);
    return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
function numberIn(field) {
    // GNU writes what does not fit in octal digits as a big-endian number with the top bit set
    if (((field[0] ?? 0) & 0x80) !== 0)
        return safe(field.reduce((sum, byte, at) => sum * 256 + (at === 0 ? byte & 0x7f : byte), 0));
    const digits = text(field).trim();
    if (!/^[0-7]*$/.test(digits))
        throw new TarError('a number in a header of the tar archive is none');
    return safe(Number.parseInt(digits || '0', 8));
}
function safe(value) {
    if (Number.isSafeInteger(value))
        return value;
    throw new TarError('a number in a header of the tar archive is 2^53 or more');
}
/** One record of 512 bytes at offset `at` as a header; undefined for the end mark. Throws TarError when its checksum does not match. */
function tarHeader(bytes, at) {
    if (bytes.every((byte) => byte === 0))
        return undefined;
    const sum = bytes.reduce((total, byte, place) => total + (place >= 148 && place < 156 ? 0x20 : byte), 0);
    if (sum !== numberIn(bytes.subarray(148, 156)))
        throw new TarError(`the header at ${at} of the tar archive does not match its checksum`);
    const posix = text(bytes.subarray(257, 263)) === 'ustar' && bytes[262] === 0;
    const prefix = posix ? text(bytes.subarray(345, 500)) : '';
    const name = text(bytes.subarray(0, 100));
    return {
        path: prefix === '' ? name : `${prefix}/${name}`,
        link: text(bytes.subarray(157, 257)),
        size: numberIn(bytes.subarray(124, 136)),
        type: String.fromCharCode(bytes[156] || 0x30),
    };
}
/** Whether a member's content speaks of the member after it. */
function isExtension({ type }) {
    return type === 'L' || type === 'K' || type === 'x' || type === 'g';
}
/** What is known of the next member after one more extended header with this content. Global ones (g) say nothing that counts here. */
function extended(before, { type }, content) {
    if (type === 'L')
        return { ...before, path: text(content) };
    if (type === 'K')
        return { ...before, link: text(content) };
    return type === 'x' ? { ...before, ...paxExtension(content) } : before;
}
/** `path`, `linkpath` and `size` of a pax header, whose records are `<length> <key>=<value>\n`. Throws TarError. */
function paxExtension(content) {
    const found = new Map();
    for (let at = 0; at < content.length;) {
        const length = /^(\d{1,9}) /.exec(new TextDecoder('latin1').decode(content.subarray(at, at + 10)))?.[1];
        const end = at + Number(length ?? 0);
        if (length === undefined || end - at <= length.length + 1 || end > content.length || content[end - 1] !== 0x0a)
            throw new TarError('a pax record of the tar archive has no right length');
        const record = new TextDecoder().decode(content.subarray(at + length.length + 1, end - 1));
        const equals = record.indexOf('=');
        if (equals < 1)
            throw new TarError('a pax record of the tar archive has no key');
        found.set(record.slice(0, equals), record.slice(equals + 1));
        at = end;
    }
    return { ...nameIn(found, 'path', 'path'), ...nameIn(found, 'linkpath', 'link'), ...sizeIn(found) };
}
function nameIn(records, key, name) {
    const value = records.get(key);
    if (value?.includes('\0'))
        throw new TarError(`a pax record of the tar archive has a ${key} with a NUL`);
    return value === undefined || value === '' ? {} : { [name]: value };
}
function sizeIn(records) {
    const value = records.get('size');
    if (value === undefined)
        return {};
    if (!/^\d{1,16}$/.test(value))
        throw new TarError('a pax record of the tar archive has a size that is no number');
    return { size: safe(Number(value)) };
}
/** A member that is no extended header, with what those before it say. Throws TarError for GNU's sparse files. */
function tarEntry(header, extension) {
    const path = extension.path ?? header.path;
    if (header.type === 'S')
        throw new TarError('the tar archive holds a sparse file in the old GNU form, which is not read');
    const kind = header.type === '0' && path.endsWith('/') ? 'folder' : (kinds[header.type] ?? 'other');
    // links, folders and devices have no content, whatever their size says: as Go's archive/tar, with which engines read layers
    const size = kind === 'file' || kind === 'other' ? (extension.size ?? header.size) : 0;
    return { kind, path, link: kind.endsWith('link') ? (extension.link ?? header.link) : '', size };
}


/***/ }),

/***/ 8650:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ staticFault)
/* harmony export */ });
const machines = { amd64: 62, arm64: 183 };
const machineNames = { 3: '386', 40: 'arm', 62: 'amd64', 183: 'arm64', 243: 'riscv' };
const headerBytes = 64;
const segmentBytes = 56;
const segmentTypes = { load: 1, dynamic: 2, interpreter: 3 };
const neededTag = 1n;
const dynamicEntryBytes = 16;
const mostSegments = 4096;
const longestDynamic = 1 << 20;
function view(bytes) {
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
/**
 * Why a file is no static ELF64 executable for `host`, to be put behind its name (`is not static: it names an interpreter`), or undefined when
 * it is one; static-pie is. Only the header, the program headers and the dynamic segment are read.
 */
function staticFault(read, host) {
    const header = read(0, headerBytes);
    const isElf = header.length === headerBytes && view(header).getUint32(0) === 0x7f454c46;
    if (!isElf || header[4] !== 2 || header[5] !== 1)
        return 'is not an ELF64 file with little-endian numbers';
    const machine = view(header).getUint16(0x12, true);
    if (machine !== machines[host])
        return `is not an executable for ${host}: its machine is ${machineNames[machine] ?? `number ${machine}`}`;
    const type = view(header).getUint16(0x10, true);
    if (type !== 2 && type !== 3)
        return `is not an executable: its ELF type is ${type}`;
    const segments = segmentsOf(view(header), read);
    return typeof segments === 'string' ? segments : segmentFault(segments, read);
}
function segmentsOf(header, read) {
    const start = Number(header.getBigUint64(0x20, true));
    const entryBytes = header.getUint16(0x36, true);
    const count = header.getUint16(0x38, true);
    if (entryBytes < segmentBytes || count === 0 || count > mostSegments || !Number.isSafeInteger(start))
        return 'is not an executable: it has no program headers that make sense';
    const table = read(start, entryBytes * count);
    if (table.length < entryBytes * count)
        return 'is cut short: its program headers lie behind its end';
    const rows = view(table);
    return Array.from({ length: count }, (_, place) => ({
        type: rows.getUint32(place * entryBytes, true),
        offset: Number(rows.getBigUint64(place * entryBytes + 8, true)),
        size: Number(rows.getBigUint64(place * entryBytes + 32, true)),
    }));
}
function segmentFault(segments, read) {
    if (!segments.some(({ type }) => type === segmentTypes.load))
        return 'is not an executable: it has nothing to load';
    if (segments.some(({ type }) => type === segmentTypes.interpreter))
        return 'is not static: it names an interpreter';
    if (segments.some(({ type, offset, size }) => type === segmentTypes.load && size > 0 && isBehind(offset + size, read)))
        return 'is cut short: a segment lies behind its end';
    const dynamic = segments.find(({ type }) => type === segmentTypes.dynamic);
    return dynamic === undefined ? undefined : dynamicFault(dynamic, read);
}
function isBehind(end, read) {
    return !Number.isSafeInteger(end) || read(end - 1, 1).length === 0;
}
function dynamicFault({ offset, size }, read) {
    if (size > longestDynamic || !Number.isSafeInteger(offset))
        return 'is damaged: its dynamic segment makes no sense';
    const bytes = read(offset, size);
    if (bytes.length < size)
        return 'is cut short: its dynamic segment lies behind its end';
    for (let at = 0; at + dynamicEntryBytes <= size; at += dynamicEntryBytes) {
        if (view(bytes).getBigUint64(at, true) === neededTag)
            return 'is not static: it needs shared libraries';
    }
    return undefined;
}


/***/ }),

/***/ 1706:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Rr: () => (/* binding */ retriableStatuses),
/* harmony export */   Vs: () => (/* binding */ retryAfterMs),
/* harmony export */   aN: () => (/* binding */ lastWords),
/* harmony export */   mv: () => (/* binding */ usualPauses),
/* harmony export */   wW: () => (/* binding */ nextPauseMs)
/* harmony export */ });
// When a request that failed is made again, at a mirror of packages or at a registry. Source: RFC 9110, section 10.2.3 (Retry-After); the
// statuses are those that say "later".
/** Statuses after which a second try may help. */
const retriableStatuses = new Set([408, 425, 429, 500, 502, 503, 504]);
const tries = 3;
/** The pauses of real servers; tests make them small. */
const usualPauses = { firstPauseMs: 1000, longestPauseMs: 60_000 };
/** How long a `Retry-After` header asks to wait, in milliseconds (`now` since the epoch, too); undefined when it says nothing. */
function retryAfterMs(header, now) {
    const words = header?.trim() ?? '';
    if (/^\d{1,9}$/.test(words))
        return Number(words) * 1000;
    // a date has a weekday and GMT; Date.parse takes much else, too
    const date = /^[A-Z][a-z]+,? .* GMT$/.test(words) ? Date.parse(words) : Number.NaN;
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
/**
 * The pause before the next try in milliseconds, after `tried` of them; undefined when there is none: it would not help, after three, or when
 * the server asks to wait longer than the bound.
 */
function nextPauseMs({ again, afterMs }, tried, pauses) {
    if (!again || tried >= tries)
        return undefined;
    const pause = Math.max(pauses.firstPauseMs * 2 ** (tried - 1), afterMs ?? 0);
    return pause > pauses.longestPauseMs ? undefined : pause;
}
/** A failure after which there is no other try, in words: `answered 503, and asks to wait 3600 s (tried 3 times)`. */
function lastWords({ message, afterMs }, tried) {
    const later = afterMs === undefined ? '' : `, and asks to wait ${Math.ceil(afterMs / 1000)} s`;
    return `${message}${later}${tried === 1 ? '' : ` (tried ${tried} times)`}`;
}


/***/ }),

/***/ 3058:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $$: () => (/* binding */ bytesOf),
/* harmony export */   $C: () => (/* binding */ statusError),
/* harmony export */   DA: () => (/* binding */ answerFrom),
/* harmony export */   EN: () => (/* binding */ bodyOf),
/* harmony export */   fk: () => (/* binding */ FetchError),
/* harmony export */   sd: () => (/* binding */ bytesFrom)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7067);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4708);
/* harmony import */ var http_proxy_agent__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8947);
/* harmony import */ var https_proxy_agent__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1566);
/* harmony import */ var proxy_from_env__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8182);
/* harmony import */ var _core_model_targets_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5732);
/* harmony import */ var _core_request_input_values_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6566);
/* harmony import */ var _core_sources_retry_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1706);
/* harmony import */ var _minimum_rate_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(2191);
// One request over HTTP, and the bytes of a remote file from a given offset on: ranges where the server has them, else the whole body with its
// start passed over. Proxies as everybody's tools take them: https_proxy, http_proxy, no_proxy. Loaded only when something must be fetched.









/** Why a place did not deliver, in words for the list of places tried; `again` tells whether a second try may help. */
class FetchError extends Error {
    again;
    failure;
    afterMs;
    constructor(message, again, failure, afterMs) {
        super(message);
        this.again = again;
        this.failure = failure;
        this.afterMs = afterMs;
    }
}
const maxRedirects = 5;
const redirects = new Set([301, 302, 303, 307, 308]);
/** Asks an address and follows where it redirects to (a POST is not redirected). Throws FetchError; any status is an answer. */
async function answerFrom(first, ask = {}) {
    const start = new URL(first);
    let url = start;
    for (let hop = 0; hop <= maxRedirects; hop++) {
        const message = await answerOf(url, url.origin === start.origin ? ask : { ...ask, authorization: undefined });
        if (!redirects.has(message.statusCode ?? 0) || ask.method === 'POST')
            return { message, url };
        message.destroy();
        url = redirectedTo(url, message.headers.location, ask);
    }
    throw new FetchError(`redirected more than ${maxRedirects} times`, false, { kind: 'redirect' });
}
/**
 * Opens `url` and yields the file's bytes from `start` on, at most up to `end` (exclusive), in chunks; `fileSize` is the size that the file
 * must have. Throws FetchError; when no byte comes for `silenceMs`, too. Leaving the loop closes the connection.
 */
async function* bytesFrom(url, start, end, fileSize, watch = {}) {
    const { silenceMs = _minimum_rate_js__WEBPACK_IMPORTED_MODULE_7__/* .idleMs */ .vc } = watch;
    const { message } = await answerFrom(url, { headers: { range: `bytes=${start}-${end - 1}` }, silenceMs });
    yield* bytesOf(message, start, end, fileSize, watch);
}
/**
 * The bytes of an answer to a request for the range from `start` to `end`, as `bytesFrom` gives them. `came` is told offset in the file and size
 * of everything that comes, also of what is passed over.
 */
async function* bytesOf(message, start, end, fileSize, { silenceMs, came } = {}) {
    try {
        const skip = bytesToPassOver(message, start, fileSize);
        const told = (passed, size) => came?.(start - skip + passed, size);
        yield* bodyBetween(message, skip, end - start, { ...(silenceMs === undefined ? {} : { silenceMs }), came: told });
    }
    finally {
        message.destroy();
    }
}
/** The whole body of an answer, as long as it has at most `most` bytes. Throws FetchError. */
async function bodyOf(message, most, silenceMs = _minimum_rate_js__WEBPACK_IMPORTED_MODULE_7__/* .idleMs */ .vc) {
    const chunks = [];
    let size = 0;
    try {
        for await (const chunk of (0,_minimum_rate_js__WEBPACK_IMPORTED_MODULE_7__/* .paced */ .yb)(message, silenceMs)) {
            size += chunk.length;
            if (size > most)
                throw new FetchError(`answered more than ${most} bytes`, false, { kind: 'excess' });
            chunks.push(chunk);
        }
    }
    catch (error) {
        if (error instanceof FetchError)
            throw error;
        throw new FetchError(`broke off after ${size} bytes: ${networkWords(error)}`, true, { kind: 'network' });
    }
    finally {
        message.destroy();
    }
    return Buffer.concat(chunks);
}
/** An answer with a status that is no success, as an error. */
function statusError({ statusCode = 0, statusMessage = '', headers }) {
    const words = `answered ${statusCode} ${(0,_core_model_targets_js__WEBPACK_IMPORTED_MODULE_4__/* .printable */ .g$)(statusMessage)}`.trim();
    const afterMs = (0,_core_sources_retry_js__WEBPACK_IMPORTED_MODULE_6__/* .retryAfterMs */ .Vs)(headers['retry-after'], Date.now());
    return new FetchError(words, _core_sources_retry_js__WEBPACK_IMPORTED_MODULE_6__/* .retriableStatuses */ .Rr.has(statusCode), { kind: 'status', status: statusCode }, afterMs);
}
function redirectedTo(from, location, ask) {
    const to = location !== undefined && URL.canParse(location, from.href) ? new URL(location, from) : undefined;
    const isWeb = to?.protocol === 'https:' || to?.protocol === 'http:';
    const refusal = isWeb ? ask.refusalOf?.(to, from) : 'which is no web address';
    if (isWeb && refusal === undefined)
        return to;
    // a login, and what follows a question mark, may be secrets
    const shown = (0,_core_model_targets_js__WEBPACK_IMPORTED_MODULE_4__/* .printable */ .g$)((0,_core_request_input_values_js__WEBPACK_IMPORTED_MODULE_5__/* .withoutLogin */ .Gq)((location ?? '').replace(/\?.*/s, '')));
    throw new FetchError(`redirected to "${shown}", ${refusal}`, false, { kind: 'redirect' });
}
function answerOf(url, { method = 'GET', headers, authorization, body, silenceMs = _minimum_rate_js__WEBPACK_IMPORTED_MODULE_7__/* .idleMs */ .vc }) {
    return new Promise((resolve, reject) => {
        const ended = new AbortController();
        const agent = proxyAgent(url, ended.signal);
        const secret = authorization === undefined ? {} : { authorization };
        const all = { 'accept-encoding': 'identity', 'user-agent': 'setup-qemu', ...headers, ...secret };
        const options = { method, headers: all, ...(agent === undefined ? {} : { agent }) };
        let waitingFor;
        const answered = (message) => {
            waitingFor = message;
            resolve(message);
        };
        const open = url.protocol === 'https:' ? node_https__WEBPACK_IMPORTED_MODULE_1__.request : node_http__WEBPACK_IMPORTED_MODULE_0__.request;
        const request = open(url, options, answered);
        waitingFor = request;
        const failed = (error) => reject(new FetchError(networkWords(error) + proxyWords(agent), true, { kind: 'network' }));
        // node counts a socket's silence only once it is connected, through a proxy's tunnel too; and a head may trickle
        const late = setTimeout(() => {
            failed(new Error(`no answer for ${(0,_minimum_rate_js__WEBPACK_IMPORTED_MODULE_7__/* .seconds */ .YA)(silenceMs)} s`));
            request.destroy();
            // a request that waits for a tunnel has no socket yet
            ended.abort();
        }, silenceMs);
        request.on('error', failed);
        for (const event of ['response', 'error'])
            request.once(event, () => clearTimeout(late));
        request.setTimeout(silenceMs, () => waitingFor.destroy(new Error(`no byte for ${(0,_minimum_rate_js__WEBPACK_IMPORTED_MODULE_7__/* .seconds */ .YA)(silenceMs)} s`)));
        request.end(body);
    });
}
/** A plain request for http, a tunnel for https, both ended by `signal`; undefined when the environment names no proxy for this address. */
function proxyAgent(url, signal) {
    const proxy = (0,proxy_from_env__WEBPACK_IMPORTED_MODULE_8__/* .getProxyForUrl */ .T)(url.href);
    if (proxy === '')
        return undefined;
    try {
        return url.protocol === 'https:' ? new https_proxy_agent__WEBPACK_IMPORTED_MODULE_3__/* .HttpsProxyAgent */ .b(proxy, { signal }) : new http_proxy_agent__WEBPACK_IMPORTED_MODULE_2__/* .HttpProxyAgent */ .s(proxy, { signal });
    }
    catch {
        throw new FetchError(`the environment's proxy for ${url.origin} is no address`, false, { kind: 'network' });
    }
}
/** Which proxy was asked, for an error that may be its own; its user and password are not told. */
function proxyWords(agent) {
    return agent === undefined ? '' : ` (by the proxy ${agent.proxy.origin})`;
}
function bytesToPassOver(message, start, fileSize) {
    const status = message.statusCode ?? 0;
    if (status === 206) {
        const said = message.headers['content-range'] ?? '';
        const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(said);
        if (range === null || Number(range[1]) !== start)
            throw new FetchError(`answered 206 with the range "${(0,_core_model_targets_js__WEBPACK_IMPORTED_MODULE_4__/* .printable */ .g$)(said)}"`, false, { kind: 'content' });
        if (range[3] !== '*' && Number(range[3]) !== fileSize)
            throw sizeError(range[3] ?? '', fileSize);
        return 0;
    }
    if (status !== 200)
        throw statusError(message);
    const length = message.headers['content-length'];
    if (length !== undefined && Number(length) !== fileSize)
        throw sizeError(length, fileSize);
    return start;
}
function sizeError(size, fileSize) {
    return new FetchError(`has a file of ${size} bytes, expected ${fileSize}`, false, { kind: 'content' });
}
async function* bodyBetween(message, skip, size, { silenceMs = _minimum_rate_js__WEBPACK_IMPORTED_MODULE_7__/* .idleMs */ .vc, came }) {
    let passed = 0;
    let given = 0;
    try {
        for await (const chunk of (0,_minimum_rate_js__WEBPACK_IMPORTED_MODULE_7__/* .paced */ .yb)(message, silenceMs)) {
            came?.(passed, chunk.length);
            const wanted = chunk.subarray(Math.max(0, skip - passed)).subarray(0, size - given);
            passed += chunk.length;
            given += wanted.length;
            if (wanted.length > 0)
                yield wanted;
            if (given === size)
                return;
        }
    }
    catch (error) {
        throw new FetchError(`broke off after ${given} of ${size} bytes: ${networkWords(error)}`, true, { kind: 'network' });
    }
    throw new FetchError(`ended after ${given} of ${size} bytes`, true, { kind: 'content' });
}
function networkWords(error) {
    if (!(error instanceof Error))
        return String(error);
    const inner = 'errors' in error && Array.isArray(error.errors) ? error.errors[0] : undefined;
    if (inner instanceof Error)
        return networkWords(inner);
    return 'code' in error && !error.message.includes(String(error.code))
        ? `${String(error.code)} ${error.message}`
        : error.message;
}


/***/ }),

/***/ 5299:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  fetchInto: () => (/* binding */ fetchInto),
  registryOf: () => (/* binding */ registryOf)
});

// EXTERNAL MODULE: ./build/src/core/model/errors.js
var errors = __webpack_require__(2936);
// EXTERNAL MODULE: ./build/src/core/model/image-reference.js
var image_reference = __webpack_require__(138);
// EXTERNAL MODULE: ./build/src/core/model/targets.js + 1 modules
var targets = __webpack_require__(5732);
// EXTERNAL MODULE: ./build/src/core/text/json.js
var json = __webpack_require__(8415);
;// CONCATENATED MODULE: ./build/src/core/image/image-manifest.js




/** The media types that a registry is asked for. */
const manifestTypes = [
    'application/vnd.oci.image.index.v1+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.docker.distribution.manifest.v2+json',
];
const damagedHint = 'try again, or name another tag or digest of the image; a proxy that answers with a page of its own is a usual reason';
/** An `image-damaged`: `what` is wrong with `image`. */
function damaged(image, what, cause) {
    return new errors/* SetupError */.w3('image-damaged', `${image}: ${what}`, { hint: damagedHint, cause });
}
/** An `image-refused`: `what` of `image` is not taken. */
function refused(image, what) {
    return new errors/* SetupError */.w3('image-refused', `${image}: ${what}`, {
        hint: 'name another image; this one is not what an image of QEMU emulators looks like',
    });
}
/**
 * The text of a manifest, index or manifest list; `image` names it in errors. Throws `image-damaged` for what is none, and `image-refused`
 * for schema 1 and for what claims to be an index and an image at once.
 */
function parseManifest(text, image) {
    const value = (0,json/* json */.P)(text);
    if (value === undefined)
        throw damaged(image, `the registry answered "${(0,targets/* printable */.g$)(text)}" where a manifest in JSON was expected`);
    if (value.schemaVersion === 1)
        throw refused(image, 'its manifest is of schema 1, which has no digests that can be relied on; push the image anew');
    const { manifests, layers } = value;
    if (Array.isArray(manifests) && (layers !== undefined || value.config !== undefined))
        throw refused(image, 'its manifest claims to be an index and an image at once');
    if (Array.isArray(manifests)) {
        const entries = manifests.map((entry) => ({ ...descriptor(entry, image), platform: platformIn(entry) }));
        return { kind: 'index', manifests: entries };
    }
    if (!Array.isArray(layers))
        throw damaged(image, 'its manifest has neither "manifests" nor "layers"');
    return {
        kind: 'image',
        config: descriptor(value.config, image),
        layers: layers.map((layer) => descriptor(layer, image)),
    };
}
function descriptor(value, image) {
    const { mediaType, digest, size } = (0,json/* record */.g)(value) ?? {};
    if (typeof digest !== 'string' || !(0,image_reference/* isDigest */.Bc)(digest))
        throw damaged(image, `its manifest has the digest "${typeof digest === 'string' ? (0,targets/* printable */.g$)(digest) : typeof digest}", expected sha256:...`);
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
        throw damaged(image, `its manifest gives ${digest} no size in bytes`);
    return { mediaType: typeof mediaType === 'string' ? mediaType : '', digest, size };
}
function platformIn(entry) {
    const platform = (0,json/* record */.g)((0,json/* record */.g)(entry)?.platform);
    return platform === undefined ? null : platformOfRecord(platform);
}
function platformOfRecord({ os, architecture, variant }) {
    const text = (value) => (typeof value === 'string' ? value : '');
    return { os: text(os), architecture: text(architecture), variant: text(variant) };
}
/** The platform in the text of an image's config blob. Throws `image-damaged` when it is no JSON object. */
function configPlatform(text, image) {
    const value = (0,json/* json */.P)(text);
    if (value === undefined)
        throw damaged(image, 'its config is no JSON object');
    return platformOfRecord(value);
}
// what runs on every machine of that architecture comes first
const variants = { amd64: ['', 'v1'], arm64: ['', 'v8'] };
/**
 * The manifest of an index for a Linux `host`; attestations (platform unknown/unknown) are passed over. Throws `image-other-platform` with
 * the platforms that there are.
 */
function manifestFor(index, host, image) {
    const fitting = index.manifests.filter(({ platform }) => platform !== null && fits(platform, host));
    const best = fitting.sort((one, other) => rankOf(one.platform, host) - rankOf(other.platform, host))[0];
    if (best !== undefined)
        return { manifest: best, known: true };
    const unsaid = index.manifests.find(({ platform }) => platform === null);
    if (unsaid !== undefined)
        return { manifest: unsaid, known: false };
    const others = index.manifests.flatMap(({ platform }) => (platform === null ? [] : [platform]));
    throw otherPlatform(others.filter(({ os }) => os !== 'unknown'), host, image);
}
function rankOf(platform, host) {
    const place = variants[host].indexOf(platform?.variant ?? '');
    return place < 0 ? variants[host].length : place;
}
function fits({ os, architecture }, host) {
    return os === 'linux' && architecture === host;
}
/** Throws `image-other-platform` unless a single image is for a Linux `host`. */
function checkPlatform(platform, host, image) {
    if (!fits(platform, host))
        throw otherPlatform([platform], host, image);
}
function otherPlatform(platforms, host, image) {
    const shown = platforms.slice(0, 20).map(platformText);
    const list = platforms.length === 0 ? 'no platform' : `${shown.join(', ')}${platforms.length > 20 ? ', ...' : ''}`;
    return new errors/* SetupError */.w3('image-other-platform', `${image} is not for linux/${host}; it has ${list}`, {
        hint: `name an image whose emulators run on linux/${host}`,
    });
}
function platformText({ os, architecture, variant }) {
    const parts = [os || 'unknown', architecture || 'unknown', variant].filter((part) => part !== '');
    return (0,targets/* printable */.g$)(parts.join('/'));
}

;// CONCATENATED MODULE: ./build/src/core/image/layer-entry.js
// What a member of a layer means for the search for executables: a file that is wanted, or something that hides files of the layers below.
// Source: the OCI image specification, layer.md (whiteouts), and its rule that they count for lower layers only.


const whiteoutPrefix = '.wh.';
const opaqueName = '.wh..wh..opq';
/**
 * What a member is, when executables of the names `wanted` (`qemu-aarch64`) are looked for; each may have `-static` behind it. Paths come out
 * without `./` and slashes at their ends. Throws `image-refused` for a path that leads out of the image, and for a wanted name that has an
 * absolute path or `..` in it, is a device or fifo, or links to an absolute path.
 */
function layerEntry(entry, wanted, image) {
    const parts = entry.path.split('/').filter((part) => part !== '' && part !== '.');
    const resolved = resolvedParts(parts);
    if (resolved === undefined)
        throw refused(image, `a layer has the path "${(0,targets/* printable */.g$)(entry.path)}", which leads out of it`);
    const path = resolved.join('/');
    const name = resolved.at(-1) ?? '';
    const folder = resolved.slice(0, -1).join('/');
    if (name === opaqueName)
        return { kind: 'opaque', path: folder };
    if (name.startsWith(whiteoutPrefix)) {
        const hidden = name.slice(whiteoutPrefix.length);
        // a name that would be the folder itself or the one above
        if (hidden === '' || hidden === '.' || hidden === '..')
            throw refused(image, `a layer has the whiteout "${(0,targets/* printable */.g$)(entry.path)}", which names no file`);
        return { kind: 'whiteout', path: folder === '' ? hidden : `${folder}/${hidden}` };
    }
    if (entry.kind === 'folder')
        return { kind: 'folder', path };
    const binary = wantedBinary(name, wanted);
    if (binary === undefined)
        return { kind: 'other', path };
    if (entry.path.startsWith('/') || parts.includes('..'))
        throw refused(image, `a layer has "${(0,targets/* printable */.g$)(entry.path)}", a path that is absolute or goes back`);
    return wantedEntry(entry, path, binary, image);
}
/** The path without `..`; undefined when it leads upward out of the root. */
function resolvedParts(parts) {
    const resolved = [];
    for (const part of parts) {
        if (part !== '..')
            resolved.push(part);
        else if (resolved.pop() === undefined)
            return undefined;
    }
    return resolved;
}
function wantedBinary(name, wanted) {
    if (wanted.has(name))
        return name;
    const stem = name.replace(/-static$/, '');
    return wanted.has(stem) ? stem : undefined;
}
function wantedEntry({ kind, link }, path, binary, image) {
    if (kind === 'file')
        return { kind: 'candidate', path, binary };
    if (kind === 'device' || kind === 'fifo')
        throw refused(image, `"${(0,targets/* printable */.g$)(path)}" is a ${kind}`);
    if (link.startsWith('/'))
        throw refused(image, `"${(0,targets/* printable */.g$)(path)}" is a ${kind} to the absolute path "${(0,targets/* printable */.g$)(link)}"`);
    const reason = kind === 'other' ? 'is no regular file' : `is a ${kind} to "${(0,targets/* printable */.g$)(link)}"`;
    return { kind: 'unusable', path, binary, reason };
}
/** What upper layers hide of the lower ones. */
class HiddenPaths {
    /** What lies at and below these paths is hidden: whiteouts, and whatever is no folder. */
    #covered = new Set();
    /** What lies below these paths is hidden. */
    #opaque = new Set();
    #characters = 0;
    /** How many characters the paths have together. */
    get characters() {
        return this.#characters;
    }
    /** Takes in a member of a layer. */
    add(entry) {
        // a member that is the root itself hides nothing
        if (entry.kind === 'folder' || (entry.kind !== 'opaque' && entry.path === ''))
            return;
        const paths = entry.kind === 'opaque' ? this.#opaque : this.#covered;
        if (paths.has(entry.path))
            return;
        paths.add(entry.path);
        this.#characters += entry.path.length;
    }
    /** Takes in what a whole layer hides, now that the next lower one is looked at. */
    addAll(other) {
        for (const path of other.#covered)
            this.#covered.add(path);
        for (const path of other.#opaque)
            this.#opaque.add(path);
        this.#characters += other.#characters;
    }
    /** Whether a path of a lower layer is hidden. */
    has(path) {
        if (this.#covered.has(path))
            return true;
        for (let slash = path.length; slash > 0;) {
            slash = path.lastIndexOf('/', slash - 1);
            const folder = slash < 0 ? '' : path.slice(0, slash);
            if (this.#opaque.has(folder) || this.#covered.has(folder))
                return true;
        }
        return false;
    }
}

// EXTERNAL MODULE: ./build/src/core/model/elf.js
var elf = __webpack_require__(8650);
// EXTERNAL MODULE: ./build/src/sources/store.js
var store = __webpack_require__(1045);
;// CONCATENATED MODULE: ./build/src/sources/image/image-search.js
// The search for executables in an image's layers, the uppermost first: what was found so far, what upper layers hide, and why a file of the
// right name is of no use. Files are written beside their place, and kept only when the caller says so.





class Search {
    order;
    found = new Map();
    hidden = new HiddenPaths();
    /** Bytes unpacked in the layers that were taken in. */
    unpacked = 0;
    #lacks = new Map();
    constructor(order) {
        this.order = order;
    }
    /** The binaries that are still looked for. */
    get wanted() {
        return this.order.binaries.filter((binary) => !this.found.has(binary));
    }
    /** Takes in what a layer showed; `checked`: its digest was. */
    take(layer, checked) {
        for (const [binary, candidate] of layer.found)
            this.found.set(binary, { ...candidate, checked });
        for (const [binary, lack] of layer.lacks)
            if (!this.#lacks.has(binary))
                this.#lacks.set(binary, lack);
        this.hidden.addAll(layer.hides);
        this.unpacked += layer.unpackedBytes;
    }
    /** Why a binary was not found. */
    lackOf(binary) {
        const reason = `the image has no file ${binary} or ${binary}-static`;
        return this.#lacks.get(binary) ?? { kind: 'missing', reason };
    }
    /** Removes every file that was not kept. */
    discard() {
        for (const { part } of this.found.values())
            part.discard();
    }
}
/** One layer's part of a search; nothing of it counts until the search takes it in. */
class LayerSearch {
    found = new Map();
    lacks = new Map();
    hides = new HiddenPaths();
    unpackedBytes = 0;
    #search;
    #wanted;
    #lowest;
    #writing;
    /** `lowest`: no layer lies below, so what this one hides needs not be known. */
    constructor(search, lowest) {
        this.#search = search;
        this.#wanted = new Set(search.wanted);
        this.#lowest = lowest;
    }
    get sure() {
        const { accepted } = this.#search.order;
        const all = [...this.#search.found.values(), ...this.found.values()];
        return this.#wanted.size === this.found.size && all.every(({ sha256 }) => accepted.has(sha256));
    }
    unpacked(bytes) {
        this.unpackedBytes += bytes;
        const { image, limits } = this.#search.order;
        if (this.#search.unpacked + this.unpackedBytes > limits.imageBytes)
            throw refused(image, `its layers unpack to more than ${limits.imageBytes} bytes`);
    }
    entry(entry) {
        const { image, limits } = this.#search.order;
        const meaning = layerEntry(entry, this.#wanted, image);
        if (!this.#lowest)
            this.hides.add(meaning);
        if (this.#search.hidden.characters + this.hides.characters > limits.pathCharacters)
            throw refused(image, `the paths in its layers have more than ${limits.pathCharacters} characters`);
        if (meaning.kind === 'unusable')
            this.#consider(meaning, meaning.reason);
        if (meaning.kind === 'candidate')
            this.#begin(meaning, entry.size);
    }
    content(bytes) {
        this.#writing?.part.add(bytes);
    }
    entryEnd() {
        const written = this.#writing;
        this.#writing = undefined;
        if (written !== undefined) {
            const { part, binary, path } = written;
            const fault = (0,elf/* staticFault */.X)((offset, size) => part.read(offset, size), this.#search.order.host);
            if (fault === undefined)
                this.found.set(binary, { part, ...part.close() });
            else {
                part.discard();
                this.#remember(binary, path, 'unusable', fault);
            }
        }
        return this.found.size < this.#wanted.size;
    }
    /** Removes what this layer left on the disk. */
    discard() {
        this.#writing?.part.discard();
        for (const { part } of this.found.values())
            part.discard();
    }
    #begin(meaning, size) {
        const { binary, path } = meaning;
        if (!this.#consider(meaning, undefined))
            return;
        const { image, folder, limits } = this.#search.order;
        if (size > limits.executableBytes)
            throw refused(image, `"${(0,targets/* printable */.g$)(path)}" has ${size} bytes, at most ${limits.executableBytes} are taken`);
        this.#writing = { part: new store/* Part */.eS(folder, binary), binary, path };
    }
    /** Whether a file of a wanted name is to be looked at; remembers why not. */
    #consider({ binary, path }, reason) {
        if (this.found.has(binary))
            return false;
        if (this.#search.hidden.has(path))
            this.#remember(binary, path, 'missing', 'is removed or replaced by an upper layer');
        else if (reason !== undefined)
            this.#remember(binary, path, 'unusable', reason);
        else
            return true;
        return false;
    }
    #remember(binary, path, kind, reason) {
        if (!this.lacks.has(binary))
            this.lacks.set(binary, { kind, reason: `"${(0,targets/* printable */.g$)(path)}" ${reason}` });
    }
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./build/src/core/image/layer-form.js
// How a layer's bytes are packed: its media type says it, its first bytes must agree. Sources: the OCI image specification (layer), RFC 1952
// (gzip), RFC 8878 (zstd).
const ociLayer = /^application\/vnd\.oci\.image\.layer\.(?:nondistributable\.)?v1\.tar(?:\+(gzip|zstd))?$/;
const dockerLayer = /^application\/vnd\.docker\.image\.rootfs\.(?:foreign\.)?diff\.tar(?:\.(gzip|zstd))?$/;
/** The form that a layer's media type names; undefined for a type that is not read (encrypted layers, artifacts that are no images). */
function layerForm(mediaType) {
    const found = ociLayer.exec(mediaType) ?? dockerLayer.exec(mediaType);
    if (found === null)
        return undefined;
    return found[1] === 'gzip' || found[1] === 'zstd' ? found[1] : 'plain';
}
/** The exit status of the decoder of zstd that says: the bytes are damaged, or ask for too much. Its standard error says why. */
const damagedStatus = 3;
/** So many first bytes tell the form. */
const magicBytes = 4;
/** Whether a layer's first bytes (four, or all of a shorter one) may begin what `form` says. */
function hasForm(bytes, form) {
    return formOf(bytes) === form;
}
function formOf([first = 0, second = 0, third = 0, fourth = 0]) {
    if (first === 0x1f && second === 0x8b)
        return 'gzip';
    const behind = (second << 16) | (third << 8) | fourth;
    // a frame, or a skippable frame
    if (first === 0x28 && behind === 0xb52ffd)
        return 'zstd';
    return (first & 0xf0) === 0x50 && behind === 0x2a4d18 ? 'zstd' : 'plain';
}

// EXTERNAL MODULE: ./build/src/core/image/tar-entry.js
var tar_entry = __webpack_require__(8589);
;// CONCATENATED MODULE: ./build/src/core/image/tar-stream.js
// A tar archive read while its bytes arrive, in memory that does not depend on what the archive says. Format: see tar-entry.ts.

/** An extended header may have so many bytes; Go's archive/tar has the same bound. */
const longestExtension = 1 << 20;
/** Takes an archive's bytes in pieces of any size. */
class TarStream {
    #sink;
    #record = new Uint8Array(tar_entry/* tarRecordBytes */.Y1);
    #filled = 0;
    /** Bytes of content that are still to come, and of the padding after them. */
    #content = 0;
    #padding = 0;
    /** An extended header whose content is being collected. */
    #collecting;
    #extension = {};
    #offset = 0;
    #state = 'header';
    constructor(sink) {
        this.#sink = sink;
    }
    /** Whether the end mark was read, or the sink has enough: what follows is not looked at. */
    get ended() {
        return this.#state === 'ended';
    }
    /** Takes the next bytes. Throws TarError, and what the sink throws; after that nothing may be pushed. */
    push(bytes) {
        let rest = bytes;
        while (rest.length > 0 && this.#state !== 'ended') {
            const taken = this.#state === 'header' ? this.#header(rest) : this.#body(rest);
            this.#offset += taken;
            rest = rest.subarray(taken);
        }
    }
    /** The bytes are over. Throws TarError when that is inside a member; an end mark is not asked for, as Go does not. */
    end() {
        if (this.#state === 'content' || (this.#state === 'header' && this.#filled > 0))
            throw new tar_entry/* TarError */.mt(`the tar archive ends at ${this.#offset}, inside a member`);
    }
    #header(bytes) {
        const part = bytes.subarray(0, tar_entry/* tarRecordBytes */.Y1 - this.#filled);
        this.#record.set(part, this.#filled);
        this.#filled += part.length;
        if (this.#filled === tar_entry/* tarRecordBytes */.Y1) {
            this.#filled = 0;
            const header = (0,tar_entry/* tarHeader */.pI)(this.#record, this.#offset + part.length - tar_entry/* tarRecordBytes */.Y1);
            if (header === undefined)
                this.#state = 'ended';
            else
                this.#begin(header);
        }
        return part.length;
    }
    #begin(header) {
        if ((0,tar_entry/* isExtension */.o)(header)) {
            if (header.size > longestExtension)
                throw new tar_entry/* TarError */.mt(`an extended header of the tar archive has ${header.size} bytes, at most ${longestExtension} are read`);
            this.#collecting = { header, parts: [] };
            this.#content = header.size;
        }
        else {
            const entry = (0,tar_entry/* tarEntry */.o7)(header, this.#extension);
            this.#extension = {};
            this.#content = entry.size;
            this.#sink.entry(entry);
        }
        this.#padding = (tar_entry/* tarRecordBytes */.Y1 - (this.#content % tar_entry/* tarRecordBytes */.Y1)) % tar_entry/* tarRecordBytes */.Y1;
        this.#state = 'content';
        if (this.#content === 0)
            this.#complete();
    }
    #body(bytes) {
        if (this.#content > 0) {
            const part = bytes.subarray(0, this.#content);
            if (this.#collecting === undefined)
                this.#sink.content(part);
            else
                this.#collecting.parts.push(part.slice());
            this.#content -= part.length;
            if (this.#content === 0)
                this.#complete();
            return part.length;
        }
        const skipped = Math.min(this.#padding, bytes.length);
        this.#padding -= skipped;
        if (this.#padding === 0)
            this.#state = 'header';
        return skipped;
    }
    /** A member's content is complete: what it says is taken in, or the sink is told. */
    #complete() {
        const collected = this.#collecting;
        this.#collecting = undefined;
        if (collected !== undefined)
            this.#extension = (0,tar_entry/* extended */.uQ)(this.#extension, collected.header, joined(collected.parts));
        const more = collected !== undefined || this.#sink.entryEnd();
        if (!more)
            this.#state = 'ended';
        else if (this.#padding === 0)
            this.#state = 'header';
    }
}
function joined(parts) {
    const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
        whole.set(part, at);
        at += part.length;
    }
    return whole;
}

// EXTERNAL MODULE: ./build/src/sources/xz-decoder.js
var xz_decoder = __webpack_require__(2069);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./build/src/sources/image/layer-decoder.js
// Unpacks a layer while its bytes arrive: gzip by zlib; zstd by zlib where node has it (22.15 and newer), else by a library in JavaScript in a
// process of its own (src/zstd-decoder.ts), which takes about five times as long. Nothing here computes in the event loop for long, so that
// timers and signals work whatever the bytes are.






/** How zlib makes a decoder of zstd; null where this node has none. */
const zstdOfNode = external_node_zlib_.createZstdDecompress ?? null;
const options = { chunkSize: 1 << 18 };
/** A decoder for `form`. `zstd` is node's own unless a test says otherwise; null: the program, for `limitMs` at most. */
function layerDecoder(form, sink, zstd = zstdOfNode, limitMs = mostMs) {
    if (form === 'gzip')
        return new ZlibDecoder(() => external_node_zlib_.createGunzip(options), sink, false);
    if (form === 'zstd')
        return zstd === null ? programDecoder(sink, limitMs) : new ZlibDecoder(() => zstd(options), sink, true);
    return { write: async (bytes) => sink(bytes), end: async () => undefined, close: () => undefined };
}
class ZlibDecoder {
    #make;
    #framed;
    #guard;
    #stream;
    #over = Promise.resolve();
    #isOver = false;
    /** Bytes that the present stream was given. */
    #given = 0;
    /** `framed`: the stream ends behind a frame, and the bytes that follow need another one (node's zstd); gzip's goes on by itself. */
    constructor(make, sink, framed) {
        this.#make = make;
        this.#framed = framed;
        this.#guard = new Guard(sink);
    }
    async write(bytes) {
        let rest = bytes;
        while (rest.length > 0) {
            const stream = this.#stream ?? this.#open();
            // zeros behind the end of a gzip stream
            if (this.#isOver)
                return;
            this.#given += rest.length;
            // zlib never calls back when bytes are left behind the end, so the end counts, too
            await this.#guard.settled(Promise.race([written(stream, rest), this.#over]));
            if (!this.#isOver || !this.#framed)
                return;
            const left = this.#given - stream.bytesWritten;
            if (stream.bytesWritten === 0)
                throw new xz_decoder/* CorruptError */.s3('a frame without a byte');
            rest = rest.subarray(rest.length - left);
            this.close();
        }
    }
    async end() {
        this.#stream?.end();
        await this.#guard.settled(this.#over);
    }
    close() {
        this.#stream?.destroy();
        this.#stream = undefined;
        this.#given = 0;
    }
    #open() {
        const stream = this.#make();
        this.#isOver = false;
        stream.on('data', (part) => {
            this.#guard.sink(part);
            if (this.#guard.failed)
                stream.destroy();
        });
        this.#over = new Promise((resolve, reject) => {
            for (const event of ['end', 'close'])
                stream.once(event, () => {
                    if (stream === this.#stream)
                        this.#isOver = true;
                    resolve();
                });
            stream.on('error', (error) => reject(new xz_decoder/* CorruptError */.s3(error.message)));
        });
        // awaited by whoever writes or ends next; until then a failure must not count as unhandled
        this.#over.catch(() => undefined);
        this.#stream = stream;
        return stream;
    }
}
function written(stream, bytes) {
    return new Promise((resolve, reject) => {
        stream.write(bytes, (error) => (error ? reject(new xz_decoder/* CorruptError */.s3(error.message)) : resolve()));
    });
}
/** Keeps what a sink throws inside a decoder: it counts before what the decoder says when it is torn down for it. */
class Guard {
    #sink;
    #thrown;
    constructor(sink) {
        this.#sink = sink;
    }
    get failed() {
        return this.#thrown !== undefined;
    }
    sink(bytes) {
        if (this.#thrown !== undefined)
            return;
        try {
            this.#sink(bytes);
        }
        catch (error) {
            this.#thrown = { error };
        }
    }
    async settled(deed) {
        try {
            await deed;
        }
        catch (error) {
            throw this.#thrown === undefined ? error : this.#thrown.error;
        }
        if (this.#thrown !== undefined)
            throw this.#thrown.error;
    }
}
function programDecoder(sink, limitMs) {
    if (zstdProgram === undefined)
        throw new Error('dist/zstd-decoder is missing beside the bundle');
    return new ProgramDecoder(zstdProgram, sink, limitMs);
}
/** The program that unpacks zstd: bundled beside the bundle that this file is part of; from the sources, as `npm run build` makes it. */
const zstdProgram = ['../zstd-decoder/index.js', '../../zstd-decoder.js', '../../../build/src/zstd-decoder.js']
    .map((path) => (0,external_node_path_.join)(import.meta.dirname, path))
    .find((path) => (0,external_node_fs_.existsSync)(path));
/** So long may the program compute for one layer: an image of the largest size takes a slow machine less. */
const mostMs = 120_000;
/** Bytes of standard error that are kept. */
const mostSaid = 2000;
/** zstd by a process of its own. `write` resolves when the process has taken the bytes; what the sink throws comes out of a later call. */
class ProgramDecoder {
    #child;
    #guard;
    #closed;
    #limitMs;
    #busyMs = 0;
    #said = '';
    constructor(program, sink, limitMs) {
        this.#guard = new Guard(sink);
        this.#limitMs = limitMs;
        const { NODE_OPTIONS, ...env } = process.env;
        this.#child = (0,external_node_child_process_.spawn)(process.execPath, ['--expose-gc', program], { stdio: 'pipe', env });
        this.#child.stdout.on('data', (part) => {
            this.#guard.sink(part);
            if (this.#guard.failed)
                this.close();
        });
        this.#child.stderr.setEncoding('utf8').on('data', (text) => {
            this.#said = (this.#said + text).slice(0, mostSaid);
        });
        // a process that is gone is told by its end
        this.#child.stdin.on('error', () => undefined);
        this.#closed = new Promise((resolve, reject) => {
            this.#child.on('error', reject);
            this.#child.on('close', (status, signal) => {
                const failure = this.#failureOf(status, signal);
                if (failure === undefined)
                    resolve();
                else
                    reject(failure);
            });
        });
        // awaited by whoever writes or ends next; until then a failure must not count as unhandled
        this.#closed.catch(() => undefined);
    }
    write(bytes) {
        const taken = new Promise((resolve) => {
            // without a callback's success the process has ended
            this.#child.stdin.write(bytes, (error) => (error ? undefined : resolve()));
        });
        return this.#within(Promise.race([taken, this.#closed]));
    }
    end() {
        this.#child.stdin.end();
        return this.#within(this.#closed);
    }
    close() {
        this.#child.kill('SIGKILL');
        // what is still in the pipe is for nobody
        this.#child.stdout.destroy();
    }
    /** Waits for the process, as long as it may still compute. */
    async #within(deed) {
        const start = performance.now();
        const timer = setTimeout(() => this.close(), this.#limitMs - this.#busyMs);
        try {
            await this.#guard.settled(deed);
        }
        finally {
            clearTimeout(timer);
            this.#busyMs += performance.now() - start;
        }
    }
    #failureOf(status, signal) {
        if (status === 0)
            return undefined;
        if (status === damagedStatus)
            return new xz_decoder/* CorruptError */.s3(this.#said);
        const how = signal ?? `exit status ${status}`;
        return signal === null
            ? new Error(`the decoder of zstd ended with ${how}: ${this.#said}`)
            : new xz_decoder/* CorruptError */.s3(`its decoder was ended (${how}): it may compute for ${this.#limitMs / 1000} s`);
    }
}

;// CONCATENATED MODULE: ./build/src/core/image/registry-address.js
// Where an image may be had: the user's mirrors, then the image's own registry, each as a base address of the HTTP API version 2.
// Source: the OCI distribution specification, https://github.com/opencontainers/distribution-spec/blob/main/spec.md


const apiHosts = { 'docker.io': 'registry-1.docker.io' };
/**
 * The places of an image in the order in which they are tried: `mirrors` (`https://mirror.example/prefix`, `mirror.example`), then its own
 * registry. Only loopback hosts and mirrors that say so are asked by plain http. Throws `invalid-input` for a mirror that is no address.
 */
function placesOf({ registry, repository }, mirrors) {
    const host = apiHosts[registry] ?? registry;
    const scheme = isLoopback(new URL(`http://${host}`).hostname) ? 'http' : 'https';
    const own = { registry, repository, base: `${scheme}://${host}/v2/${repository}`, own: true };
    return [...mirrors.map((mirror) => mirrorPlace(mirror, repository)), own];
}
function mirrorPlace(mirror, repository) {
    const words = mirror.trim();
    const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(words) ? words : `https://${words}`;
    const url = URL.canParse(address) ? new URL(address) : undefined;
    const secret = url !== undefined && (url.username !== '' || url.password !== '');
    if (url === undefined || !/^https?:$/.test(url.protocol) || secret || url.search !== '' || url.hash !== '')
        // an address with a password must not stand in a message
        throw new errors/* SetupError */.w3('invalid-input', `the registry mirror ${secret ? '' : `"${(0,targets/* printable */.g$)(mirror)}" `}is no plain web address`, {
            hint: 'write it like https://mirror.example or https://mirror.example/prefix, without a user name',
        });
    const prefix = url.pathname.replace(/^\/+|\/+$/g, '');
    const path = prefix === '' ? repository : `${prefix}/${repository}`;
    return { registry: url.host, repository: path, base: `${url.origin}/v2/${path}`, own: false };
}
/** Whether a URL's host name is this machine's own: `localhost`, 127.0.0.0/8, `[::1]`. */
function isLoopback(hostname) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
/**
 * Why `to`, which a place names as a token service or redirects to, must not be asked; undefined when it may. `from` is the address that
 * named it.
 */
function refusalOf(to, from) {
    if (to.protocol === 'https:')
        return undefined;
    if (from.protocol === 'https:')
        return 'which is not https';
    return to.host === from.host || isLoopback(to.hostname) ? undefined : 'which is plain http on another host';
}

;// CONCATENATED MODULE: ./build/src/core/image/www-authenticate.js
// What a registry asks for when it answers 401. Source: RFC 9110, section 11.6.1 (WWW-Authenticate), and the distribution project's
// token specification, https://distribution.github.io/distribution/spec/auth/token/
/** The header in pieces: a word, a quoted string, or one of `=` and `,`. Undefined for text that is none of these. */
const piece = /\s*(?:([!#$%&'*+.^_`|~0-9A-Za-z/:-]+)|"((?:[^"\\]|\\[\s\S])*)"|([=,]))/y;
function piecesOf(header) {
    const pieces = [];
    piece.lastIndex = 0;
    for (;;) {
        const found = piece.exec(header);
        // what comes after text that does not fit is not looked at
        if (found === null)
            return pieces;
        const [, word, quoted, mark = ''] = found;
        if (word !== undefined)
            pieces.push({ kind: 'word', text: word });
        else if (quoted !== undefined)
            pieces.push({ kind: 'quoted', text: quoted.replace(/\\([\s\S])/g, '$1') });
        else
            pieces.push({ kind: 'mark', text: mark });
    }
}
/**
 * The challenges of a `WWW-Authenticate` header that can be answered here, in its order: Basic, and Bearer with a realm. Other schemes and
 * text that is none are passed over.
 */
function parseChallenges(header) {
    const schemes = [];
    const pieces = piecesOf(header);
    for (let at = 0; at < pieces.length; at++) {
        const here = pieces[at];
        if (here?.kind !== 'word')
            continue;
        if (pieces[at + 1]?.text === '=' && pieces[at + 1]?.kind === 'mark') {
            const value = pieces[at + 2];
            if (value !== undefined && value.kind !== 'mark')
                schemes.at(-1)?.parameters.set(here.text.toLowerCase(), value.text);
            at += 2;
        }
        else
            schemes.push({ name: here.text.toLowerCase(), parameters: new Map() });
    }
    return schemes.flatMap(({ name, parameters }) => {
        if (name === 'basic')
            return [{ kind: 'basic' }];
        const realm = parameters.get('realm');
        if (name !== 'bearer' || realm === undefined)
            return [];
        return [
            { kind: 'bearer', realm, service: parameters.get('service') ?? null, scope: parameters.get('scope') ?? null },
        ];
    });
}

// EXTERNAL MODULE: ./build/src/sources/http.js
var http = __webpack_require__(3058);
;// CONCATENATED MODULE: ./build/src/sources/image/registry-session.js





/** Why one place did not deliver, in words for the list of places tried. `code` is what it means when no other place does. */
class PlaceError extends Error {
    code;
    /** Whether a second try may help, and how long the place asks to wait before it, in milliseconds. */
    again;
    afterMs;
    /** Whether it was asked too often. */
    limited;
    constructor(code, message, more = {}) {
        super(message);
        this.code = code;
        this.again = more.again ?? false;
        this.afterMs = more.afterMs;
        this.limited = more.limited ?? false;
    }
}
/** What a failed request says of the image. */
function placeError(error) {
    const { failure, message, again, afterMs } = error;
    switch (failure.kind) {
        case 'network':
            return new PlaceError('image-unreachable', message, { again });
        case 'redirect':
            return new PlaceError('image-unreachable', message);
        case 'content':
            return new PlaceError('image-damaged', message, { again });
        case 'excess':
            return new PlaceError('image-refused', message);
        case 'status':
            return new PlaceError(codeOfStatus(failure.status), message, { again, afterMs, limited: failure.status === 429 });
    }
}
function codeOfStatus(status) {
    if (status === 401 || status === 403)
        return 'image-denied';
    return status === 404 ? 'image-not-found' : 'image-unreachable';
}
const longestToken = 1 << 20;
class Session {
    place;
    #silenceMs;
    #credential;
    #authorization;
    /** Whether the credential itself went to the place or its token service. */
    #isSent = false;
    /** `credential` is asked when the place wants one, and then at most once. */
    constructor(place, silenceMs, credential) {
        this.place = place;
        this.#silenceMs = silenceMs;
        let found;
        this.#credential = () => (found ??= credential());
    }
    /** Asks for `path` (`manifests/latest`) of the place's repository; a status of success or 404, or anything else that is not 401. Throws PlaceError. */
    async ask(path, ask = {}) {
        for (let authorized = false;; authorized = true) {
            const { message, url } = await this.#answer(`${this.place.base}/${path}`, ask, this.#authorization);
            if (message.statusCode !== 401)
                return message;
            message.destroy();
            // a stranger that is redirected to must not be told who we are
            const own = url.origin === new URL(this.place.base).origin;
            if (authorized || !own)
                throw own ? await this.#denied('answered 401') : elsewhereDenied();
            this.#authorization = await this.#authorizationFor(parseChallenges(message.headers['www-authenticate'] ?? ''));
        }
    }
    async #answer(url, ask, authorization) {
        try {
            return await (0,http/* answerFrom */.DA)(url, { ...ask, authorization, silenceMs: this.#silenceMs, refusalOf: refusalOf });
        }
        catch (error) {
            throw error instanceof http/* FetchError */.fk ? placeError(error) : error;
        }
    }
    async #authorizationFor(challenges) {
        const { credential } = await this.#credential();
        for (const challenge of challenges) {
            if (challenge.kind === 'bearer')
                return `Bearer ${await this.#token(challenge, credential)}`;
            if (credential?.kind === 'password') {
                this.#isSent = true;
                return basic(credential);
            }
        }
        throw await this.#denied('answered 401');
    }
    async #token(challenge, credential) {
        const realm = this.#realm(challenge.realm);
        const scope = challenge.scope ?? `repository:${this.place.repository}:pull`;
        const words = new URLSearchParams({ ...(challenge.service === null ? {} : { service: challenge.service }), scope });
        this.#isSent = credential !== null;
        const { message } = await this.#tokenAnswer(realm, words, credential);
        if (message.statusCode !== 200) {
            message.destroy();
            const error = placeError((0,http/* statusError */.$C)(message));
            if (error.code === 'image-denied')
                throw await this.#denied(`its token service ${error.message}`);
            throw new PlaceError('image-unreachable', `its token service ${error.message}`, error);
        }
        const answer = (0,json/* json */.P)((await this.#body(message)).toString('utf8'));
        const token = answer?.token ?? answer?.access_token;
        if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token))
            return token;
        throw new PlaceError('image-unreachable', `its token service ${realm.origin} answered something that is no token`);
    }
    #tokenAnswer(realm, words, credential) {
        if (credential?.kind !== 'identity') {
            for (const [name, value] of words)
                realm.searchParams.append(name, value);
            return this.#answer(realm.href, {}, credential === null ? undefined : basic(credential));
        }
        const form = new URLSearchParams(words);
        form.set('grant_type', 'refresh_token');
        form.set('client_id', 'setup-qemu');
        form.set('refresh_token', credential.token);
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        return this.#answer(realm.href, { method: 'POST', headers, body: form.toString() });
    }
    #realm(realm) {
        const url = URL.canParse(realm) ? new URL(realm) : undefined;
        const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
        const refusal = isWeb ? refusalOf(url, new URL(this.place.base)) : 'which is no web address';
        if (isWeb && refusal === undefined)
            return url;
        throw new PlaceError('image-refused', `names the token service "${(0,targets/* printable */.g$)(realm)}", ${refusal}`);
    }
    async #body(message) {
        try {
            return await (0,http/* bodyOf */.EN)(message, longestToken, this.#silenceMs);
        }
        catch (error) {
            throw error instanceof http/* FetchError */.fk ? placeError(error) : error;
        }
    }
    /** A refusal by the place itself, with what became of the credentials for it. */
    async #denied(answer) {
        const { credential, notes } = await this.#credential();
        const used = credential === null
            ? 'there are no credentials for it'
            : this.#isSent
                ? 'the credentials for it were used'
                : 'the credentials for it were not sent: it asks for none of their kind';
        return new PlaceError('image-denied', [`${answer} (${used})`, ...notes].join('; '));
    }
}
/** A refusal by another place, which is never sent a credential. */
function elsewhereDenied() {
    return new PlaceError('image-denied', 'redirected to a place that answered 401 (no credentials are sent there)');
}
function basic({ username, password }) {
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

;// CONCATENATED MODULE: ./build/src/sources/image/layers.js
// One layer of an image from its packed bytes to the members of its tar archive. Its digest is checked over all of its bytes, also when the
// search ends before.










/**
 * Reads a layer's `bytes` and shows its members to `reader`. Returns whether the digest was checked: it is, unless the reader is sure before.
 * Throws PlaceError when the bytes are not the layer's; SetupError `image-damaged` and `image-refused` when they are, but make no sense.
 */
async function readLayer(bytes, reader, source) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    const unpacking = new Unpacking(reader, source);
    try {
        for await (const chunk of bytes) {
            source.onBytes(chunk.length);
            hash.update(chunk);
            await unpacking.push(chunk);
            if (reader.sure)
                return false;
        }
        const digest = `sha256:${hash.digest('hex')}`;
        if (digest !== source.layer.digest)
            throw new PlaceError('image-damaged', `delivered bytes with the digest ${digest}, expected ${source.layer.digest}`);
        await unpacking.end();
        return true;
    }
    finally {
        unpacking.close();
    }
}
/** A layer's bytes on their way through decoder and tar. What is wrong with them is told at the end, when they are known to be the layer's. */
class Unpacking {
    #source;
    #tar;
    #sink;
    #start = new Uint8Array(0);
    #decoder;
    #failure;
    constructor(reader, source) {
        this.#source = source;
        this.#tar = new TarStream(reader);
        this.#sink = (bytes) => {
            if (this.#tar.ended)
                return;
            reader.unpacked(bytes.length);
            this.#tar.push(bytes);
        };
    }
    async push(bytes) {
        if (this.#failure !== undefined || this.#tar.ended)
            return;
        await this.#kept(async () => {
            if (this.#decoder !== undefined)
                return this.#decoder.write(bytes);
            this.#start = Buffer.concat([this.#start, bytes]);
            if (this.#start.length >= magicBytes)
                await this.#begin();
        });
    }
    async end() {
        await this.#kept(async () => {
            if (this.#tar.ended)
                return;
            if (this.#decoder === undefined)
                await this.#begin();
            await this.#decoder?.end();
            this.#tar.end();
        });
        if (this.#failure !== undefined)
            throw this.#failure.error;
    }
    close() {
        this.#decoder?.close();
    }
    async #begin() {
        const { image, layer } = this.#source;
        const form = layerForm(layer.mediaType);
        if (form === undefined)
            throw refused(image, `its layer ${layer.digest} is of the type "${(0,targets/* printable */.g$)(layer.mediaType)}", which is not read`);
        if (!hasForm(this.#start, form))
            throw damaged(image, `its layer ${layer.digest} is "${layer.mediaType}" by its type, but not by its first bytes`);
        this.#decoder = layerDecoder(form, this.#sink);
        await this.#decoder.write(this.#start);
    }
    async #kept(deed) {
        if (this.#failure !== undefined)
            return;
        try {
            await deed();
        }
        catch (error) {
            const { image, layer } = this.#source;
            const isDamage = error instanceof tar_entry/* TarError */.mt || error instanceof xz_decoder/* CorruptError */.s3;
            const isOfImage = error instanceof errors/* SetupError */.w3 && error.code.startsWith('image-');
            // a full disk does not become better by reading on
            if (!isDamage && !isOfImage)
                throw error;
            this.#failure = { error: isDamage ? damaged(image, `its layer ${layer.digest}: ${error.message}`, error) : error };
        }
    }
}

// EXTERNAL MODULE: ./build/src/core/sources/retry.js
var retry = __webpack_require__(1706);
// EXTERNAL MODULE: ./build/src/sources/minimum-rate.js
var minimum_rate = __webpack_require__(2191);
;// CONCATENATED MODULE: ./build/src/sources/image/limits.js
// How much an image may be, and how long a registry may take: bounds for whatever a stranger says. Tests make them small.


const usualLimits = {
    imageBytes: 2 ** 30,
    executableBytes: 2 ** 28,
    manifestBytes: 2 ** 22,
    pathCharacters: 2 ** 25,
    silenceMs: minimum_rate/* idleMs */.vc,
    ...retry/* usualPauses */.mv,
};

// EXTERNAL MODULE: ./build/src/sources/retry-wait.js
var retry_wait = __webpack_require__(7386);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
;// CONCATENATED MODULE: ./build/src/core/image/docker-config.js
// Which credentials a docker or containers configuration holds for a registry. Source: docker's cli/config/configfile, its credential helper
// protocol (https://github.com/docker/docker-credential-helpers), and containers-auth.json(5).

const hubKey = 'https://index.docker.io/v1/';
const hubNames = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);
/**
 * What the text of a `config.json` or `auth.json` says of `registry` (`docker.io`, `localhost:5000`) and `repository`; the most special key
 * counts. Undefined when the text is no JSON object. A helper whose name could be a path is passed over.
 */
function loginIn(text, registry, repository) {
    const config = (0,json/* json */.P)(text);
    if (config === undefined)
        return undefined;
    const hosts = hubNames.has(registry) ? [...hubNames] : [registry];
    const helpers = (0,json/* record */.g)(config.credHelpers);
    const named = [hubNames.has(registry) ? hubKey : registry, ...hosts].map((host) => helpers?.[host]).find(isHelperName);
    const name = named ?? (isHelperName(config.credsStore) ? config.credsStore : undefined);
    const helper = name === undefined ? null : { name, server: hubNames.has(registry) ? hubKey : registry };
    return { helper, credential: credentialIn((0,json/* record */.g)(config.auths) ?? {}, hosts, repository) };
}
function isHelperName(value) {
    return typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(value);
}
function credentialIn(auths, hosts, repository) {
    let best = null;
    let bestLength = -1;
    for (const [key, value] of Object.entries(auths)) {
        const { host, path } = keyOf(key);
        const fits = hosts.includes(host) && (path === '' || `${repository}/`.startsWith(`${path}/`));
        const credential = fits && path.length > bestLength ? credentialOf(value) : null;
        if (credential === null)
            continue;
        best = credential;
        bestLength = path.length;
    }
    return best;
}
/** Docker's keys are addresses with or without a scheme and an API version, those of containers may go on with a part of the repository. */
function keyOf(key) {
    const [host = '', ...path] = key.replace(/^https?:\/\//, '').split('/');
    return { host, path: path.join('/').replace(/^v[12]\/?$|\/$/, '') };
}
function credentialOf(value) {
    const entry = (0,json/* record */.g)(value);
    if (entry === undefined)
        return null;
    if (typeof entry.identitytoken === 'string' && entry.identitytoken !== '')
        return { kind: 'identity', token: entry.identitytoken };
    const [username, password] = typeof entry.auth === 'string' && entry.auth !== '' ? decodedAuth(entry.auth) : [entry.username, entry.password];
    if (typeof username !== 'string' || typeof password !== 'string' || username === '')
        return null;
    return { kind: 'password', username, password };
}
function decodedAuth(auth) {
    try {
        const bytes = Uint8Array.from(atob(auth), (character) => character.charCodeAt(0));
        const text = new TextDecoder().decode(bytes);
        const colon = text.indexOf(':');
        // docker pads with NUL
        return colon < 0 ? [] : [text.slice(0, colon), text.slice(colon + 1).replace(/\0+$/, '')];
    }
    catch {
        return [];
    }
}
/** What `docker-credential-NAME get` prints, as a credential; null for other text. The user `<token>` marks a refresh token. */
function helperCredential(output) {
    const answer = (0,json/* json */.P)(output);
    const username = answer?.Username;
    const secret = answer?.Secret;
    if (typeof username !== 'string' || typeof secret !== 'string' || secret === '')
        return null;
    return username === '<token>' ? { kind: 'identity', token: secret } : { kind: 'password', username, password: secret };
}

// EXTERNAL MODULE: ./build/src/system/command.js
var command = __webpack_require__(9478);
// EXTERNAL MODULE: ./build/src/system/regular-file.js
var regular_file = __webpack_require__(1058);
;// CONCATENATED MODULE: ./build/src/sources/image/registry-credentials.js
// The credentials that this machine keeps for a registry: in docker's and containers' configuration files, and in the helper programs that they
// name. Sources: docker's documentation of `docker login`, and containers-auth.json(5) for the order of the files.






/** More than any of these files has. */
const longestConfig = 1 << 20;
/** The configuration files of an environment in the order in which they are asked. */
function configFiles(env) {
    const home = env.HOME ?? (0,external_node_os_.homedir)();
    const files = [
        env.DOCKER_CONFIG ? (0,external_node_path_.join)(env.DOCKER_CONFIG, 'config.json') : undefined,
        home === '' ? undefined : (0,external_node_path_.join)(home, '.docker', 'config.json'),
        env.REGISTRY_AUTH_FILE || undefined,
        env.XDG_RUNTIME_DIR ? (0,external_node_path_.join)(env.XDG_RUNTIME_DIR, 'containers', 'auth.json') : undefined,
    ];
    return [...new Set(files.filter((file) => file !== undefined))];
}
/** The first credential for `registry` (`docker.io`, `localhost:5000`) that a file or its helper has. Never rejects: trouble is a note. */
async function credentialFor(registry, repository, env) {
    const notes = [];
    for (const file of configFiles(env)) {
        const text = textOf(file, notes);
        if (text === undefined)
            continue;
        const login = loginIn(text, registry, repository);
        if (login === undefined)
            notes.push(`${(0,targets/* printable */.g$)(file, 200)} is no JSON object`);
        const helped = login?.helper ? await askHelper(login.helper, notes) : null;
        const credential = helped ?? login?.credential ?? null;
        if (credential !== null)
            return { credential, notes };
    }
    return { credential: null, notes };
}
function textOf(file, notes) {
    try {
        return (0,regular_file/* textOfFile */.nj)(file, longestConfig);
    }
    catch (error) {
        if (!['ENOENT', 'ENOTDIR'].includes((0,command/* errnoName */.gh)(error)))
            notes.push(`${(0,targets/* printable */.g$)(file, 200)} ${(0,regular_file/* faultOf */.Kl)(error)}`);
        return undefined;
    }
}
/** Asks `docker-credential-NAME get`. What it prints may hold secrets, so of a failure only the exit status is told. */
async function askHelper(helper, notes) {
    const program = `docker-credential-${helper.name}`;
    const { status, signal, stdout, errno } = await (0,command/* command */.G5)(program, ['get'], { input: helper.server, timeoutMs: 30_000 });
    if (status === 0) {
        const credential = helperCredential(stdout);
        if (credential === null)
            notes.push(`${program} printed no credentials`);
        return credential;
    }
    // the words of the protocol for "I have none"
    if (/credentials not found/i.test(stdout))
        return null;
    notes.push(`${program} for ${(0,targets/* printable */.g$)(helper.server)} failed: ${errno ?? signal ?? `exit status ${status}`}`);
    return null;
}

;// CONCATENATED MODULE: ./build/src/sources/image/registry.js
// An image's manifests and blobs out of the first place that delivers them: mirrors, then its own registry. Nothing is believed but digests.
// Source: the OCI distribution specification, https://github.com/opencontainers/distribution-spec/blob/main/spec.md












class Registry {
    #image;
    #sessions;
    #limits;
    #log;
    /** Mirrors that failed, and what they answered. */
    #passedOver = [];
    /** Throws `invalid-input` for a mirror that is no address. */
    constructor(reference, access) {
        this.#image = (0,image_reference/* referenceText */.n5)(reference);
        this.#limits = access.limits;
        this.#log = access.log;
        this.#sessions = placesOf(reference, access.registryMirrors).map((place) => {
            const given = place.own && access.credentials !== null ? givenCredential(access.credentials) : null;
            const credential = async () => given ?? (await credentialFor(place.registry, place.repository, access.env));
            return new Session(place, access.limits.silenceMs, credential);
        });
    }
    /** The digest that a tag stands for at the first place that knows it. Throws SetupError `image-...`. */
    resolve(tag) {
        return this.#first(`the tag "${tag}"`, (session) => this.#retried(async () => {
            const message = await session.ask(`manifests/${tag}`, { method: 'HEAD', headers: accept });
            message.destroy();
            const digest = message.headers['docker-content-digest'];
            if (message.statusCode === 200 && typeof digest === 'string' && (0,image_reference/* isDigest */.Bc)(digest))
                return { digest };
            // not every registry knows HEAD, or says the digest
            const manifest = await this.#manifestAt(session, tag);
            if ((0,json/* json */.P)(manifest.toString('utf8')) === undefined)
                throw noManifest(manifest);
            return { digest: digestOf(manifest), manifest };
        }));
    }
    /** The manifest of a digest, checked; `size` in bytes where it is known. Throws SetupError `image-...`. */
    manifest(digest, size) {
        return this.#first(`the manifest ${digest}`, (session) => this.#retried(async () => checked(await this.#manifestAt(session, digest), digest, size)));
    }
    /** A small blob as a whole, checked: an image's config. Throws SetupError `image-...`. */
    config({ digest, size }) {
        return this.#first(`the config ${digest}`, (session) => this.#retried(async () => {
            const message = await session.ask(`blobs/${digest}`);
            return checked(await this.#body(message), digest, size);
        }));
    }
    /**
     * Gives a blob's bytes to `use`, which checks their digest and throws PlaceError when it is another; then the next place is tried. A
     * connection that breaks is taken up again where it broke. Throws SetupError `image-...`, and what `use` throws.
     */
    blob({ digest, size }, use) {
        return this.#first(`the layer ${digest}`, (session) => use(this.#blobBytes(session, digest, size)));
    }
    async *#blobBytes(session, digest, size) {
        let given = 0;
        if (size === 0)
            return;
        for (let tries = 1;; tries++) {
            try {
                const headers = given === 0 ? {} : { range: `bytes=${given}-${size - 1}` };
                const message = await session.ask(`blobs/${digest}`, { headers });
                for await (const chunk of (0,http/* bytesOf */.$$)(message, given, size, size, { silenceMs: this.#limits.silenceMs })) {
                    given += chunk.length;
                    yield chunk;
                }
                return;
            }
            catch (error) {
                await this.#pause(error, tries);
            }
        }
    }
    async #manifestAt(session, reference) {
        return this.#body(await session.ask(`manifests/${reference}`, { headers: accept }));
    }
    async #body(message) {
        if (message.statusCode !== 200) {
            message.destroy();
            throw (0,http/* statusError */.$C)(message);
        }
        return (0,http/* bodyOf */.EN)(message, this.#limits.manifestBytes, this.#limits.silenceMs);
    }
    async #retried(action) {
        for (let tries = 1;; tries++) {
            try {
                return await action();
            }
            catch (error) {
                await this.#pause(error, tries);
            }
        }
    }
    /** Waits before the next try; throws when there is none. */
    async #pause(thrown, tries) {
        const error = thrown instanceof http/* FetchError */.fk ? placeError(thrown) : thrown;
        if (!(error instanceof PlaceError))
            throw error;
        const say = (line) => this.#log.detail(`${this.#image}: ${line}`);
        if (!(await (0,retry_wait/* pausedFor */.y)(error, tries, this.#limits, say)))
            throw new PlaceError(error.code, (0,retry/* lastWords */.aN)(error, tries), error);
    }
    /** What the first place gives. A mirror that fails is not asked again in this run. */
    async #first(what, attempt) {
        for (;;) {
            const [session] = this.#sessions;
            if (session === undefined)
                throw new Error('an image has no place');
            try {
                return await attempt(session);
            }
            catch (error) {
                if (!(error instanceof PlaceError))
                    throw error;
                const answer = `${session.place.base}: ${error.message}`;
                if (session.place.own)
                    throw this.#failed(what, answer, error);
                this.#log.detail(`${what}: ${answer}`);
                this.#passedOver.push(answer);
                this.#sessions.shift();
            }
        }
    }
    #failed(what, answer, error) {
        const isAlone = this.#passedOver.length === 0;
        return new errors/* SetupError */.w3(error.code, `${this.#image}: ${what} could not be had:${isAlone ? ` ${answer}` : ''}`, {
            hint: error.limited ? limitHint : hints[error.code],
            tried: isAlone ? [] : [...this.#passedOver, answer],
            cause: error,
        });
    }
}
const accept = { accept: manifestTypes.join(', ') };
const hints = {
    'image-not-found': "check the registry, the name and the tag; `docker manifest inspect` or the registry's page shows what there is",
    'image-denied': 'give registry-username and registry-password, or log in with `docker login`; a registry may answer so, too, when the image does not exist',
    'image-damaged': 'try again; if it stays, the registry or a proxy gives other bytes than the image has: use another place',
    'image-refused': 'name another image or registry; this one does not answer as a registry should',
    'image-other-platform': 'name an image for this host',
    'image-unreachable': 'check the network, set https_proxy, or name a mirror that this machine can reach with registry-mirror',
};
const limitHint = 'log in (docker login, or registry-username and registry-password), as anonymous users share one limit per address; or name a registry-mirror';
function givenCredential({ username, password }) {
    return { credential: { kind: 'password', username, password }, notes: [] };
}
function digestOf(bytes) {
    return `sha256:${(0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex')}`;
}
function noManifest(bytes) {
    const start = (0,targets/* printable */.g$)(bytes.toString('utf8', 0, 100));
    return new PlaceError('image-damaged', `answered "${start}" where a manifest in JSON was expected`);
}
function checked(bytes, digest, size) {
    const got = digestOf(bytes);
    const start = (0,targets/* printable */.g$)(bytes.toString('utf8', 0, 100));
    if (got !== digest)
        throw new PlaceError('image-damaged', `delivered bytes with the digest ${got}, expected ${digest}; they begin "${start}"`);
    if (size !== undefined && bytes.length !== size)
        throw new PlaceError('image-damaged', `delivered ${bytes.length} bytes for ${digest}, expected ${size}`);
    return bytes;
}

;// CONCATENATED MODULE: ./build/src/sources/image/image-fetch.js
// Fetches executables out of an image's layers into the cache. Loaded only when something may have to be asked of a registry.





/** Indexes may name indexes; nobody needs more of them than this. */
const deepestIndex = 3;
function limitsOf(access) {
    return { ...usualLimits, ...access.limits };
}
function registryOf(reference, access) {
    return new Registry(reference, { ...access, limits: limitsOf(access) });
}
/**
 * Puts the executables that an image has into `cache`, and into its record what is known of each now. Returns that, and how many bytes of
 * layers came over the network. Throws `image-...` and `cache-unwritable`; then nothing half-done is left.
 */
async function fetchInto(cache, order, access) {
    const { image, host, binaries } = order;
    const limits = limitsOf(access);
    const search = new Search({ image, binaries, host, folder: cache.folder, accepted: access.accepted, limits });
    const transfer = counted(access, binaries);
    try {
        const layers = await layersOf(order);
        await searchLayers(search, layers, order.registry, transfer);
        const known = new Map();
        for (const binary of search.wanted)
            known.set(binary, search.lackOf(binary));
        for (const [binary, { part, sha256, size, checked }] of search.found) {
            cache.keep(binary, sha256, part);
            known.set(binary, { kind: 'found', sha256, size, checked });
        }
        cache.add(known);
        return { known, bytes: transfer.bytes() };
    }
    finally {
        search.discard();
        transfer.end();
    }
}
function counted(access, binaries) {
    const transfer = access.log.transfer(...binaries);
    let bytes = 0;
    return {
        ...transfer,
        add: (count) => {
            bytes += count;
            transfer.add(count);
        },
        bytes: () => bytes,
    };
}
/** The layers for the host, the uppermost first. */
async function layersOf({ image, host, registry, resolved }) {
    let bytes = resolved.manifest ?? (await registry.manifest(resolved.digest));
    let known = false;
    for (let depth = 0; depth <= deepestIndex; depth++) {
        const manifest = parseManifest(bytes.toString('utf8'), image);
        if (manifest.kind === 'image') {
            if (!known)
                checkPlatform(configPlatform((await registry.config(manifest.config)).toString('utf8'), image), host, image);
            return manifest.layers.toReversed();
        }
        const choice = manifestFor(manifest, host, image);
        known = choice.known;
        bytes = await registry.manifest(choice.manifest.digest, choice.manifest.size);
    }
    throw refused(image, `its index names an index, and so on for more than ${deepestIndex} times`);
}
async function searchLayers(search, layers, registry, transfer) {
    const { image, limits } = search.order;
    for (const [place, layer] of layers.entries()) {
        if (search.wanted.length === 0)
            return;
        // packed bytes of an archive are hardly ever more than the archive itself
        if (layer.size > limits.imageBytes)
            throw refused(image, `its layer ${layer.digest} has ${layer.size} bytes, at most ${limits.imageBytes} are read`);
        transfer.expect(layer.size);
        await registry.blob(layer, async (bytes) => {
            const found = new LayerSearch(search, place === layers.length - 1);
            try {
                search.take(found, await readLayer(bytes, found, { image, layer, onBytes: transfer.add }));
            }
            catch (error) {
                found.discard();
                throw error;
            }
        });
    }
}


/***/ }),

/***/ 2191:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   YA: () => (/* binding */ seconds),
/* harmony export */   vc: () => (/* binding */ idleMs),
/* harmony export */   yb: () => (/* binding */ paced)
/* harmony export */ });
/** So long an answer may take to begin, and so long may no byte of it come. */
const idleMs = 30_000;
/** Bytes a second: a server that gives fewer over the time of a silence would hold up a job for hours. */
const slowest = 4096;
/** The chunks of a body as they come. Throws an Error when they trickle; time that the reader takes for itself is not the server's. */
async function* paced(message, silenceMs) {
    let waitedMs = 0;
    let size = 0;
    let asked = performance.now();
    for await (const chunk of message) {
        waitedMs += performance.now() - asked;
        size += chunk.length;
        if (waitedMs >= silenceMs) {
            if (size < (slowest * waitedMs) / 1000)
                throw new Error(`only ${size} bytes in ${seconds(waitedMs)} s`);
            waitedMs = 0;
            size = 0;
        }
        yield chunk;
        asked = performance.now();
    }
}
/** Milliseconds as seconds with one place at most. */
function seconds(ms) {
    return Math.round(ms / 100) / 10;
}


/***/ }),

/***/ 7386:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ pausedFor)
/* harmony export */ });
/* harmony import */ var _core_sources_retry_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1706);
// The time between two tries of a request, as the rule in core/sources/retry.ts has it, for packages and images alike.

/** Waits before the next try, after `tried` of them, and says so; false, at once, when there is none. */
async function pausedFor(failed, tried, pauses, say) {
    const pause = (0,_core_sources_retry_js__WEBPACK_IMPORTED_MODULE_0__/* .nextPauseMs */ .wW)(failed, tried, pauses);
    if (pause === undefined)
        return false;
    say(`${failed.message}; trying again in ${pause / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, pause));
    return true;
}


/***/ }),

/***/ 2069:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DH: () => (/* binding */ decoded),
/* harmony export */   "do": () => (/* binding */ hostXz),
/* harmony export */   s3: () => (/* binding */ CorruptError)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_events__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8474);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6760);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7075);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6466);
/* harmony import */ var _system_open_files_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2389);
// Decodes an xz stream while its bytes arrive: by the host's own xz when it is there, else by WebAssembly, which takes about twice as long.







/** The bytes are no valid xz stream. */
class CorruptError extends Error {
}
/** The host's xz, or undefined. */
function hostXz(path = process.env.PATH ?? '') {
    return path
        .split(node_path__WEBPACK_IMPORTED_MODULE_3__.delimiter)
        .filter(node_path__WEBPACK_IMPORTED_MODULE_3__.isAbsolute)
        .map((folder) => (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, 'xz'))
        .find((file) => isExecutable(file));
}
function isExecutable(file) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.accessSync)(file, node_fs__WEBPACK_IMPORTED_MODULE_2__.constants.X_OK);
        return true;
    }
    catch {
        return false;
    }
}
/** What a decoder may take for the dictionary of a stream: twice what `xz -9` asks for, and more than WebAssembly's gives. */
const mostMemory = '128MiB';
/** Decoded bytes in chunks, as they come. Throws CorruptError, and whatever `source` throws. Leaving the loop ends the decoder. */
function decoded(source, xz) {
    return xz === undefined ? decodedHere(source) : decodedByHost(source, xz);
}
async function* decodedByHost(source, xz) {
    const { XZ_OPT, XZ_DEFAULTS, ...env } = process.env;
    // several threads would read a whole block on before what is needed is out, and damaged input has crashed them (CVE-2025-31115)
    const options = ['--decompress', '--stdout', '--quiet', '--threads=1', `--memlimit-decompress=${mostMemory}`];
    const child = (0,_system_open_files_js__WEBPACK_IMPORTED_MODULE_6__/* .withStreams */ .C5)((0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(xz, options, { stdio: ['pipe', 'pipe', 'ignore'], env }));
    const closed = (0,node_events__WEBPACK_IMPORTED_MODULE_1__.once)(child, 'close');
    let failure;
    const failed = (error) => {
        failure = { error };
    };
    const fed = (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_5__.pipeline)(node_stream__WEBPACK_IMPORTED_MODULE_4__.Readable.from(heard(source, failed)), child.stdin);
    // awaited below; until then a failure must not count as unhandled
    fed.catch(() => undefined);
    try {
        yield* child.stdout;
        const [status, signal] = await closed;
        // a source that failed leaves xz with half a stream; an xz that gave up leaves a broken pipe, whose error has many forms
        if (failure !== undefined)
            throw failure.error;
        if (status !== 0)
            throw new CorruptError(`gave damaged bytes: xz ended with ${signal ?? `exit status ${status}`}`);
        await fed;
    }
    finally {
        child.kill('SIGKILL');
        await Promise.allSettled([fed, closed]);
    }
}
/** What a source gives; `failed` hears what it throws by itself, and not what whoever reads it throws into it. */
async function* heard(source, failed) {
    const chunks = source[Symbol.asyncIterator]();
    try {
        for (;;) {
            const next = await chunks.next().catch((error) => {
                failed(error);
                throw error;
            });
            if (next.done === true)
                return;
            yield next.value;
        }
    }
    finally {
        await chunks.return?.();
    }
}
// a CommonJS package: bundlers give its names, node gives them under `default`
async function xzDecompress() {
    const loaded = await __webpack_require__.e(/* import() */ 642).then(__webpack_require__.t.bind(__webpack_require__, 6642, 19));
    return 'XzReadableStream' in loaded ? loaded : loaded.default;
}
async function* decodedHere(source) {
    const { XzReadableStream } = await xzDecompress();
    const chunks = source[Symbol.asyncIterator]();
    let failure;
    const input = new ReadableStream({
        async pull(controller) {
            try {
                const next = await chunks.next();
                if (next.done === true)
                    controller.close();
                else
                    controller.enqueue(new Uint8Array(next.value));
            }
            catch (error) {
                failure = error;
                controller.error(error);
            }
        },
    });
    const reader = new XzReadableStream(input).getReader();
    try {
        for (let next = await reader.read(); !next.done; next = await reader.read()) {
            yield next.value;
            // a few bytes may unpack to very many, and the library's promises alone would let no timer and no signal come through
            await new Promise((resolve) => setImmediate(resolve));
        }
    }
    catch (error) {
        throw failure ?? new CorruptError(`gave damaged bytes: ${error instanceof Error ? error.message : String(error)}`);
    }
    finally {
        // the library decodes one stream at a time: one that is left early must be given up, or all later ones wait for it
        await reader.cancel().catch(() => 'already failed');
        await chunks.return?.();
    }
}


/***/ })

};
