export const id = 168;
export const ids = [168];
export const modules = {

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

/***/ 9168:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  deliver: () => (/* binding */ deliver)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/src/core/model/errors.js
var errors = __webpack_require__(2936);
// EXTERNAL MODULE: ./build/src/core/request/input-values.js
var input_values = __webpack_require__(6566);
;// CONCATENATED MODULE: ./build/src/core/sources/xz-index.js
// How a .xz stream is laid out around its blocks, so that a few blocks cut out of a long stream become a stream of their own.
// Source: The .xz File Format 1.1.0, https://tukaani.org/xz/xz-file-format.txt; section numbers below are of that document.
const headerMagic = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];
const footerMagic = [0x59, 0x5a];
const headerBytes = 12;
const footerBytes = 12;
/** 1.2: a number has at most 63 bits, 7 in a byte. */
const maxNumberBytes = 9;
/** A block header alone takes 8 bytes, and the format limits the unpadded size to no less than 5 (4.3). */
const minUnpadded = 5;
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++)
        value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value >>> 0;
});
/** CRC-32 of IEEE 802.3 as an unsigned number (6). */
function crc32(bytes) {
    let crc = 0xffffffff;
    for (const byte of bytes)
        crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] ?? 0);
    return (crc ^ 0xffffffff) >>> 0;
}
function littleEndian32(value) {
    return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff];
}
function readLittleEndian32(bytes, at) {
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
}
/** Size with the padding that brings it to a multiple of four bytes. */
function padded(size) {
    return Math.ceil(size / 4) * 4;
}
/** A multibyte integer (1.2) of a whole number below 2^53. */
function multibyte(value) {
    const bytes = [];
    let rest = value;
    while (rest >= 0x80) {
        bytes.push((rest % 0x80) | 0x80);
        rest = Math.floor(rest / 0x80);
    }
    return [...bytes, rest];
}
/** Reads multibyte integers (1.2) one after the other. Numbers of 2^53 and more are refused: no file is that long. */
function numbersIn(bytes, start) {
    let at = start;
    const next = () => {
        let value = 0;
        for (let count = 0; count < maxNumberBytes; count++) {
            const byte = bytes[at++];
            if (byte === undefined)
                throw new Error('xz index: it ends inside a number');
            value += (byte & 0x7f) * 2 ** (7 * count);
            if (value > Number.MAX_SAFE_INTEGER)
                throw new Error('xz index: a number is 2^53 or more');
            if (byte < 0x80) {
                if (byte === 0 && count > 0)
                    throw new Error('xz index: a number is not in its shortest form');
                return value;
            }
        }
        throw new Error(`xz index: a number is longer than ${maxNumberBytes} bytes`);
    };
    return { next, position: () => at };
}
/** Check type and index size in bytes out of the 12 bytes of a stream footer (2.1.2). */
function parseFooter(footer) {
    if (footerMagic.some((byte, place) => footer[10 + place] !== byte)) {
        throw new Error('xz footer: no magic bytes "YZ" at the end; it is cut short, has stream padding, or is not xz');
    }
    if (crc32(footer.subarray(4, 10)) !== readLittleEndian32(footer, 0))
        throw new Error('xz footer: its CRC32 does not match');
    const check = footer[9] ?? 0;
    if (footer[8] !== 0 || check > 0x0f)
        throw new Error('xz footer: stream flags of a later version of the format');
    return { check, indexSize: (readLittleEndian32(footer, 4) + 1) * 4 };
}
/** The blocks of an index field (4), which is given whole, its CRC32 included. */
function parseIndexField(field) {
    const body = field.subarray(0, field.length - 4);
    if (crc32(body) !== readLittleEndian32(field, body.length))
        throw new Error('xz index: its CRC32 does not match');
    if (body[0] !== 0)
        throw new Error('xz index: it does not begin with the index indicator 0x00');
    const numbers = numbersIn(body, 1);
    const count = numbers.next();
    // A record is at least two bytes: a forged count must not make a loop of 2^53 turns.
    if (count > body.length / 2)
        throw new Error(`xz index: ${count} records do not fit into ${body.length} bytes`);
    const blocks = [];
    for (let record = 0; record < count; record++) {
        const unpadded = numbers.next();
        if (unpadded < minUnpadded)
            throw new Error(`xz index: block ${record} has an unpadded size of ${unpadded} bytes`);
        blocks.push({ unpadded, uncompressed: numbers.next() });
    }
    const padding = body.subarray(numbers.position());
    if (padding.length > 3 || padding.some((byte) => byte !== 0))
        throw new Error('xz index: bytes are left over after its last record');
    return blocks;
}
/**
 * Check type and blocks of a file that is one .xz stream (2.1.2 and 4).
 * `tail`: the last bytes of the file, at least its index and footer; the whole file will do. `fileSize`: the file's size in bytes.
 * Throws an Error when the bytes are not the end of a stream, are damaged, or when the file holds more than this one stream.
 */
function xzIndex(tail, fileSize) {
    if (tail.length < footerBytes)
        throw new Error(`xz footer: ${tail.length} bytes are too few for it`);
    const { check, indexSize } = parseFooter(tail.subarray(tail.length - footerBytes));
    const indexStart = tail.length - footerBytes - indexSize;
    if (indexSize < 8 || indexStart < 0) {
        throw new Error(`xz footer: an index of ${indexSize} bytes does not lie in the last ${tail.length} bytes`);
    }
    const blocks = parseIndexField(tail.subarray(indexStart, indexStart + indexSize));
    const streamSize = blocks.reduce((sum, { unpadded }) => sum + padded(unpadded), headerBytes + indexSize + footerBytes);
    if (streamSize !== fileSize) {
        throw new Error(`xz index: it describes a stream of ${streamSize} bytes in a file of ${fileSize}; only a single stream is understood`);
    }
    return { check, blocks };
}
function checked(check) {
    if (!Number.isInteger(check) || check < 0 || check > 0x0f)
        throw new RangeError(`xz check type ${check} is not 0 to 15`);
    return check;
}
/** The 12 bytes that open a stream (2.1.1) with this check type, 0 to 15. Throws RangeError for another check type. */
function streamHeader(check) {
    const flags = Uint8Array.of(0, checked(check));
    return Uint8Array.from([...headerMagic, ...flags, ...littleEndian32(crc32(flags))]);
}
/**
 * Index and footer (4, 2.1.2) of a stream that consists of just these blocks, in this order: streamHeader(check), the blocks'
 * own bytes with their padding, and this are a complete .xz file. Sizes in bytes. Throws RangeError for impossible sizes.
 */
function streamTail(check, blocks) {
    const records = blocks.flatMap(({ unpadded, uncompressed }) => {
        if (!Number.isSafeInteger(unpadded) ||
            unpadded < minUnpadded ||
            !Number.isSafeInteger(uncompressed) ||
            uncompressed < 0) {
            throw new RangeError(`xz block of ${unpadded} bytes for ${uncompressed} uncompressed`);
        }
        return [...multibyte(unpadded), ...multibyte(uncompressed)];
    });
    const body = [0, ...multibyte(blocks.length), ...records];
    while (body.length % 4 !== 0)
        body.push(0);
    const indexCrc = littleEndian32(crc32(Uint8Array.from(body)));
    const backward = [...littleEndian32((body.length + 4) / 4 - 1), 0, checked(check)];
    const footerCrc = littleEndian32(crc32(Uint8Array.from(backward)));
    return Uint8Array.from([...body, ...indexCrc, ...footerCrc, ...backward, ...footerMagic]);
}
/**
 * The fewest consecutive blocks that hold `size` bytes at `offset` of the uncompressed data, both in bytes.
 * `blocks`: every block of the stream as [absolute file offset of its header, unpadded size, uncompressed size] (3, 4.3).
 * Throws RangeError when the range is empty, is not made of whole numbers, or does not lie within the blocks.
 */
function blocksFor(blocks, offset, size) {
    const valid = Number.isSafeInteger(offset) && Number.isSafeInteger(size) && offset >= 0 && size > 0;
    const chosen = [];
    let position = 0;
    let first = 0;
    let start = 0;
    let end = 0;
    let skip = 0;
    for (const [index, [at, unpadded, uncompressed]] of blocks.entries()) {
        const next = position + uncompressed;
        if (valid && next > offset && position < offset + size) {
            if (chosen.length === 0)
                [first, start, skip] = [index, at, offset - position];
            chosen.push({ unpadded, uncompressed });
            end = at + padded(unpadded);
        }
        position = next;
    }
    if (!valid || offset + size > position) {
        throw new RangeError(`${size} bytes at ${offset} do not lie within the ${position} bytes of ${blocks.length} blocks`);
    }
    return { first, count: chosen.length, start, end, skip, blocks: chosen };
}

;// CONCATENATED MODULE: ./build/src/core/sources/range-request.js

/** How many hauls go on at once. */
const haulsAtOnce = 4;
/**
 * Bytes that are rather fetched in vain than asked around: connecting and asking takes some round trips, in which as much would come. More
 * would not pay: separate hauls are also decoded at the same time, and of the last block of each what follows the executable is left.
 */
const mostInVain = 1 << 19;
/**
 * The hauls that bring these emulators, the longest first. Executables that share a block are in one haul, so no byte is in two; others are
 * where no more than `mostInVain` bytes lie between what each of them needs. A long haul is not cut, though one xz works on it: of all OCI platforms
 * none has more than five blocks, and four go on at once.
 */
function haulsOf(emulators) {
    const packages = [...new Set(emulators.map((emulator) => emulator.package))];
    const hauls = packages.flatMap((from) => chainsOf(emulators.filter((emulator) => emulator.package === from)));
    return hauls.map(haulOf).sort((one, other) => other.blocks.length - one.blocks.length);
}
/** Emulators of one package in the order of their place, those that belong together in one list. */
function chainsOf(emulators) {
    const chains = [];
    for (const emulator of emulators.toSorted((one, other) => one.offset - other.offset)) {
        const chain = chains.at(-1);
        const before = chain?.at(-1);
        if (chain !== undefined && before !== undefined && inVain(before, emulator) <= mostInVain)
            chain.push(emulator);
        else
            chains.push([emulator]);
    }
    return chains;
}
/**
 * About how many bytes come between two executables of a package that are fetched by one request and would not by two: the end of the first
 * one's last block, as if a block were packed evenly, and the blocks between. Negative where they share a block.
 */
function inVain(one, other) {
    const range = rangeOf(one);
    const between = rangeOf(other).start - range.end;
    return between < 0 ? between : leftOver(range.blocks, range.skip + one.size) + between;
}
/** About how many packed bytes of blocks follow the one in which `end` decoded bytes are reached. */
function leftOver(blocks, end) {
    const last = blocks.at(-1);
    const decoded = blocks.reduce((sum, { uncompressed }) => sum + uncompressed, 0);
    return last === undefined ? 0 : ((decoded - end) / last.uncompressed) * last.unpadded;
}
/** About how many bytes of a haul come before its last executable is complete, where reading ends. */
function neededBytes({ start, end, blocks, pieces }) {
    const last = Math.max(...pieces.map((piece) => piece.start + piece.emulator.size));
    return end - start - Math.round(leftOver(blocks, last));
}
function rangeOf({ package: from, offset, size }) {
    return blocksFor(from.blocks, offset, size);
}
function haulOf(chain) {
    const [first] = chain;
    if (first === undefined)
        throw new Error('a haul of nothing');
    const end = Math.max(...chain.map(({ offset, size }) => offset + size));
    const { start, end: stop, skip, blocks } = blocksFor(first.package.blocks, first.offset, end - first.offset);
    const pieces = chain.map((emulator) => ({ emulator, start: skip + emulator.offset - first.offset }));
    return { package: first.package, start, end: stop, blocks, pieces };
}
/**
 * On whom the bytes of a package from `start` to `end` (offsets in it) are booked when they came for a haul: a block on the first executable
 * that needs it, what a server without ranges sends before or after it with the nearest block. All bookings together are what came.
 */
function bookings(haul, start, end) {
    let border = haul.start;
    let at = 0;
    let decoded = 0;
    return haul.blocks.flatMap(({ unpadded, uncompressed }, place) => {
        border += Math.ceil(unpadded / 4) * 4;
        const next = place === haul.blocks.length - 1 ? haul.package.size : border;
        const bytes = Math.min(end, next) - Math.max(start, at);
        const from = decoded;
        at = next;
        decoded += uncompressed;
        if (bytes <= 0)
            return [];
        const owner = haul.pieces.find(({ emulator, start: first }) => first + emulator.size > from) ?? haul.pieces.at(-1);
        return owner === undefined ? [] : [{ emulator: owner.emulator, bytes }];
    });
}

// EXTERNAL MODULE: ./build/src/core/sources/retry.js
var retry = __webpack_require__(1706);
// EXTERNAL MODULE: ./build/src/system/map-limit.js
var map_limit = __webpack_require__(5891);
// EXTERNAL MODULE: ./build/src/sources/http.js
var http = __webpack_require__(3058);
// EXTERNAL MODULE: ./build/src/sources/xz-decoder.js
var xz_decoder = __webpack_require__(2069);
;// CONCATENATED MODULE: ./build/src/sources/deb.js
// Emulators out of a Debian package: only the xz blocks of data.tar.xz that hold them are fetched, as the catalog knows where they lie.




/**
 * The executables of a haul out of the package at `url`, in their order, by one request; it ends at the end of the last one, inside its last
 * block. What is not read of one is passed over when the next is asked for. `came` is told what came over the network, and on whom it is
 * booked. Reading the bytes throws FetchError and CorruptError; whether they are the right ones is for the caller to check.
 */
async function* executablesFrom(url, haul, came) {
    const chunks = (0,xz_decoder/* decoded */.DH)(streamOf(url, haul, came), (0,xz_decoder/* hostXz */["do"])());
    const flow = new Flow(chunks);
    try {
        for (const piece of haul.pieces) {
            yield { piece, bytes: flow.between(piece.start, piece.start + piece.emulator.size) };
        }
    }
    finally {
        await chunks.return(undefined);
    }
}
/** The haul's blocks as an xz stream of their own. */
async function* streamOf(url, haul, came) {
    const { start, end, blocks } = haul;
    const { check, size } = haul.package;
    yield streamHeader(check);
    yield* (0,http/* bytesFrom */.sd)(url, start, end, size, { came: (at, bytes) => came(bookings(haul, at, at + bytes)) });
    yield streamTail(check, blocks);
}
/** Chunks of bytes one after the other, of which stretches are read. */
class Flow {
    #chunks;
    #chunk = new Uint8Array();
    /** Where `#chunk` begins. */
    #at = 0;
    constructor(chunks) {
        this.#chunks = chunks;
    }
    /** The bytes from `start` to `end`, neither before what was read already; fewer where there are no more. */
    async *between(start, end) {
        for (let from = start; from < end;) {
            const part = this.#chunk.subarray(Math.max(0, from - this.#at), Math.max(0, end - this.#at));
            from += part.length;
            if (part.length > 0)
                yield part;
            else if (!(await this.#next()))
                return;
        }
    }
    async #next() {
        this.#at += this.#chunk.length;
        const { done, value } = await this.#chunks.next();
        this.#chunk = done === true ? new Uint8Array() : value;
        return done !== true;
    }
}

// EXTERNAL MODULE: ./build/src/sources/retry-wait.js
var retry_wait = __webpack_require__(7386);
// EXTERNAL MODULE: ./build/src/sources/store.js
var store = __webpack_require__(1045);
;// CONCATENATED MODULE: ./build/src/sources/download.js
// Several emulators on their way from the network to their places: what shares bytes comes together, what is missing is asked for again and
// then elsewhere, and none waits for another one's failure. Loaded only when something must be fetched.











/** An emulator on its way. */
class Order {
    wanted;
    bytes = 0;
    isPlaced = false;
    failure;
    /** What each place said that did not deliver it. */
    answers = new Map();
    constructor(wanted) {
        this.wanted = wanted;
    }
    isOpenAt(url) {
        return !this.isPlaced && this.failure === undefined && !this.answers.has(url);
    }
    get delivery() {
        if (this.isPlaced)
            return { bytesFetched: this.bytes };
        return { bytesFetched: this.bytes, failure: this.failure ?? downloadFailed(this.wanted.emulator, this.answers) };
    }
}
/** Fetches emulators and puts them in their places; never throws: what went wrong with one is its failure. In the order of `wanted`. */
async function deliver(wanted, { log, pauses = retry/* usualPauses */.mv }) {
    const orders = new Map(wanted.map((one) => [one.emulator, new Order(one)]));
    const van = new Van(orders, log, pauses);
    await (0,map_limit/* inTurns */.g)(haulsOf([...orders.keys()]), haulsAtOnce, (haul) => van.fetch(haul));
    return wanted.map(({ emulator }) => orders.get(emulator).delivery);
}
class Van {
    #orders;
    #log;
    #pauses;
    constructor(orders, log, pauses) {
        this.#orders = orders;
        this.#log = log;
        this.#pauses = pauses;
    }
    /** Asks one place after the other for what is in a haul. */
    async fetch({ pieces }) {
        const orders = pieces.flatMap(({ emulator }) => this.#orders.get(emulator) ?? []);
        try {
            for (const url of orders[0]?.wanted.urls ?? [])
                await this.#ask(url, orders);
        }
        catch (error) {
            for (const order of orders)
                if (!order.isPlaced)
                    order.failure ??= (0,errors/* asSetupError */.AD)(error);
        }
    }
    /** One place, tried again after a pause while that may help. Where its bytes are damaged each one is asked for alone: others may be whole. */
    async #ask(url, orders) {
        const missing = () => orders.filter((order) => order.isOpenAt(url));
        for (let tries = 1; missing().length > 0; tries++) {
            const error = await this.#haul(url, missing());
            const left = missing();
            if (error === undefined || left.length === 0)
                return;
            if (error instanceof http/* FetchError */.fk) {
                const say = (line) => this.#log.detail(`${(0,input_values/* withoutLogin */.Gq)(url)}: ${line}`);
                if (await (0,retry_wait/* pausedFor */.y)(error, tries, this.#pauses, say))
                    continue;
                for (const order of left)
                    this.#refused(order, url, (0,retry/* lastWords */.aN)(error, tries));
            }
            else if (left.length > 1) {
                for (const order of left)
                    await this.#ask(url, [order]);
            }
            else
                for (const order of left)
                    this.#refused(order, url, error.message);
        }
    }
    #refused(order, url, answer) {
        this.#log.detail(`${(0,external_node_path_.basename)(order.wanted.path)}: ${(0,input_values/* withoutLogin */.Gq)(url)}: ${answer}`);
        order.answers.set(url, answer);
    }
    /** What is missing, by as few requests as can be. What stopped it; undefined when all bytes came, right or not. */
    async #haul(url, orders) {
        for (const haul of haulsOf(orders.map(({ wanted }) => wanted.emulator))) {
            try {
                await this.#carry(url, haul);
            }
            catch (error) {
                if (error instanceof http/* FetchError */.fk || error instanceof xz_decoder/* CorruptError */.s3)
                    return error;
                throw error;
            }
        }
        return undefined;
    }
    async #carry(url, haul) {
        const transfer = this.#log.transfer(...haul.pieces.map(({ emulator }) => emulator.binary));
        transfer.expect(neededBytes(haul));
        try {
            const executables = executablesFrom(url, haul, (booked) => {
                for (const { emulator, bytes } of booked) {
                    transfer.add(bytes);
                    const order = this.#orders.get(emulator);
                    if (order !== undefined)
                        order.bytes += bytes;
                }
            });
            for await (const { piece, bytes } of executables) {
                const order = this.#orders.get(piece.emulator);
                if (order !== undefined)
                    await this.#put(order, url, bytes);
            }
        }
        finally {
            transfer.end();
        }
    }
    /** Into its place. Wrong bytes and a place that cannot be written to are this emulator's matter alone. */
    async #put(order, url, bytes) {
        const { emulator, path } = order.wanted;
        try {
            await (0,store/* place */.ik)(path, emulator, bytes);
            order.isPlaced = true;
        }
        catch (error) {
            if (error instanceof store/* WrongBytesError */.bh)
                this.#refused(order, url, error.message);
            else if (error instanceof errors/* SetupError */.w3)
                order.failure = error;
            else
                throw error;
        }
    }
}
function downloadFailed(emulator, answers) {
    return new errors/* SetupError */.w3('download-failed', `${emulator.binary} of QEMU ${emulator.qemuVersion} (${emulator.build}) could not be had from any of ${answers.size} places:`, {
        hint: 'name an archive that this machine can reach with mirror, or set https_proxy',
        tried: [...answers].map(([url, answer]) => `${(0,input_values/* withoutLogin */.Gq)(url)}: ${answer}`),
    });
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
/* harmony import */ var _system_open_files_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4770);
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
