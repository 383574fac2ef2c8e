export const id = 820;
export const ids = [820];
export const modules = {

/***/ 8415:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ json),
/* harmony export */   g: () => (/* binding */ record)
/* harmony export */ });
// JSON of strangers, looked at step by step: nothing is taken for an object before it was seen to be one. Source: RFC 8259.
/** The value as an object; undefined when it is none. */
function record(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? value
        : undefined;
}
/** The JSON object that a text is; undefined when it is no JSON, or another value. */
function json(text) {
    try {
        return record(JSON.parse(text));
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 1820:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  emulatorsFromImage: () => (/* binding */ emulatorsFromImage)
});

// EXTERNAL MODULE: ./build/src/core/model/errors.js
var errors = __webpack_require__(2936);
// EXTERNAL MODULE: ./build/src/core/model/image-reference.js
var image_reference = __webpack_require__(138);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/src/core/text/json.js
var json = __webpack_require__(8415);
;// CONCATENATED MODULE: ./build/src/core/image/image-record.js


const format = 1;
/** The record as the text of its file. `digest` is what the image's reference stands for. */
function imageRecordText(digest, host, binaries) {
    return `${JSON.stringify({ format, digest, host, binaries: Object.fromEntries(binaries) })}\n`;
}
/** Reads a record's text; empty for anything that was not written for just this digest and host. */
function parseImageRecord(text, digest, host) {
    const value = (0,json/* json */.P)(text);
    const binaries = (0,json/* record */.g)(value?.binaries);
    const fits = value?.format === format && value.digest === digest && value.host === host && (0,image_reference/* isDigest */.Bc)(digest);
    if (!fits || binaries === undefined)
        return new Map();
    const known = Object.entries(binaries).map(([binary, entry]) => [binary, knownBinary(entry)]);
    return new Map(known.flatMap(([binary, entry]) => (entry === undefined ? [] : [[binary, entry]])));
}
function knownBinary(value) {
    const { kind, sha256, size, checked, reason } = (0,json/* record */.g)(value) ?? {};
    if ((kind === 'missing' || kind === 'unusable') && typeof reason === 'string')
        return { kind, reason };
    const isHash = typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256);
    if (kind !== 'found' || !isHash || typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
        return undefined;
    return typeof checked === 'boolean' ? { kind, sha256, size, checked } : undefined;
}

// EXTERNAL MODULE: ./build/src/system/command.js
var command = __webpack_require__(9478);
// EXTERNAL MODULE: ./build/src/system/regular-file.js
var regular_file = __webpack_require__(1058);
// EXTERNAL MODULE: ./build/src/sources/store.js
var store = __webpack_require__(1045);
;// CONCATENATED MODULE: ./build/src/sources/image/image-cache.js
// What the tool cache holds of one image: executables by content, and the record that says which of them the image has.





const longestRecord = 1 << 20;
class ImageCache {
    /** Where executables are written before they have their place. */
    folder;
    #digest;
    #host;
    #record;
    constructor(cacheFolder, digest, host) {
        this.folder = (0,store/* imageFolder */.IE)(cacheFolder, digest);
        this.#digest = digest;
        this.#host = host;
        this.#record = (0,external_node_path_.join)(this.folder, `${host}.json`);
    }
    pathOf(binary, sha256) {
        return (0,store/* placeIn */.VV)(this.folder, { host: this.#host, sha256, binary });
    }
    /**
     * What is known of these binaries and needs no network: a file that was found is there, with the right bytes, read now; a damaged one is
     * removed. One whose layer was not checked counts only while its hash is among those accepted. Throws `cache-unwritable`.
     */
    known(binaries, accepted) {
        const record = this.#read();
        const usable = binaries.flatMap((binary) => {
            const what = record.get(binary);
            return what !== undefined && this.#isUsable(binary, what, accepted) ? [[binary, what]] : [];
        });
        return new Map(usable);
    }
    #isUsable(binary, what, accepted) {
        if (what.kind !== 'found')
            return true;
        return (what.checked || accepted.has(what.sha256)) && (0,store/* isCached */.bm)(this.pathOf(binary, what.sha256), what);
    }
    /** Gives an executable its place. */
    keep(binary, sha256, part) {
        part.keep(this.pathOf(binary, sha256));
    }
    /** Adds to the record what is now known. Of two that write at once the later one counts; what is lost is fetched again. */
    add(binaries) {
        (0,store/* placeText */.Z9)(this.#record, imageRecordText(this.#digest, this.#host, new Map([...this.#read(), ...binaries])));
    }
    #read() {
        try {
            return parseImageRecord((0,regular_file/* textOfFile */.nj)(this.#record, longestRecord), this.#digest, this.#host);
        }
        catch (error) {
            if ((0,command/* errnoName */.gh)(error) === 'ENOENT')
                return new Map();
            // a link without an end, too
            if (!(error instanceof regular_file/* UnfitFile */.rA) && (0,command/* errnoName */.gh)(error) !== 'ELOOP')
                throw (0,store/* cacheError */.jp)(this.#record, error);
            (0,store/* removeDamaged */.GA)(this.#record, (0,regular_file/* faultOf */.Kl)(error));
            return new Map();
        }
    }
}

;// CONCATENATED MODULE: ./build/src/sources/image/image.js
// The static QEMU executables of a container image, straight from its registry, without an engine. What was read once is kept in the tool
// cache by content, with a record of what the image holds, so that a later call fetches nothing.



/**
 * The executables `binaries` (`qemu-aarch64`) of an image for `host`, each checked: its layer's digest matched, or its own SHA-256 is one of
 * those accepted. One that the image does not have is told in `missing`. Throws `invalid-input`, `image-...`, `offline`, `cache-unwritable`.
 */
async function emulatorsFromImage(reference, binaries, host, access) {
    const wanted = [...new Set(binaries)];
    const network = access.offline ? undefined : new Network(reference, access);
    const resolved = await resolve(reference, network);
    const image = (0,image_reference/* pinnedText */.Wm)(reference, resolved.digest);
    const cache = new ImageCache(access.cacheFolder, resolved.digest, host);
    const before = cache.known(wanted, access.accepted);
    const absent = wanted.filter((binary) => !before.has(binary));
    if (absent.length > 0 && network === undefined)
        throw notCached(image, absent);
    const now = absent.length > 0 && network !== undefined
        ? await network.fetchInto(cache, { image, host, binaries: absent, resolved })
        : { known: new Map(), bytes: 0 };
    const words = told(new Map([...before, ...now.known]), cache, access.accepted, { binaries: absent, bytes: now.bytes });
    return { image, digest: resolved.digest, ...words };
}
/** The image's registry, whose code is loaded when it is asked for the first time. */
class Network {
    #reference;
    #access;
    #registry;
    constructor(reference, access) {
        this.#reference = reference;
        this.#access = access;
    }
    async resolve(tag) {
        return (await this.#opened()).resolve(tag);
    }
    async fetchInto(cache, order) {
        const { fetchInto } = await Promise.all(/* import() */[__webpack_require__.e(121), __webpack_require__.e(299)]).then(__webpack_require__.bind(__webpack_require__, 5299));
        return fetchInto(cache, { ...order, registry: await this.#opened() }, this.#access);
    }
    async #opened() {
        const { registryOf } = await Promise.all(/* import() */[__webpack_require__.e(121), __webpack_require__.e(299)]).then(__webpack_require__.bind(__webpack_require__, 5299));
        this.#registry ??= registryOf(this.#reference, this.#access);
        return this.#registry;
    }
}
async function resolve(reference, network) {
    if (reference.digest !== null)
        return { digest: reference.digest };
    if (network !== undefined)
        return network.resolve(reference.tag ?? 'latest');
    throw new errors/* SetupError */.w3('offline', `what ${(0,image_reference/* referenceText */.n5)(reference)} stands for cannot be asked without the network`, {
        hint: 'name the image by its digest: NAME@sha256:..., as an earlier run printed it',
    });
}
function notCached(image, absent) {
    return new errors/* SetupError */.w3('offline', `${absent.join(', ')} of ${image} is not in the cache, and nothing may be fetched`, {
        hint: 'run once with the network to fill the cache folder, or bring that folder along',
    });
}
/** What is known, in the words of the caller; `fetched` names the binaries that came over the network just now, and in how many bytes. */
function told(known, cache, accepted, fetched) {
    const found = new Map();
    const missing = new Map();
    const fresh = fetched.binaries.filter((binary) => known.get(binary)?.kind === 'found');
    for (const [binary, what] of known) {
        if (what.kind !== 'found')
            missing.set(binary, what);
        else if (accepted.size > 0 && !accepted.has(what.sha256)) {
            const reason = `its ${binary} has the SHA-256 ${what.sha256}, expected ${[...accepted].join(' or ')}`;
            missing.set(binary, { kind: 'other-hash', reason });
        }
        else {
            const place = fresh.indexOf(binary);
            const bytesFetched = place < 0 ? 0 : share(fetched.bytes, fresh.length, place);
            const { sha256, size } = what;
            const locator = place < 0 ? 'tool-cache' : 'image';
            found.set(binary, { binary, path: cache.pathOf(binary, sha256), sha256, size, locator, bytesFetched });
        }
    }
    return { found, missing };
}
/** The part number `place` of `parts` nearly equal whole ones. */
function share(bytes, parts, place) {
    return Math.floor(bytes / parts) + (place < bytes % parts ? 1 : 0);
}


/***/ })

};
