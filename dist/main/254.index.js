export const id = 254;
export const ids = [254];
export const modules = {

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

/***/ 5254:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   filesFor: () => (/* binding */ filesFor)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _core_model_catalog_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6872);
/* harmony import */ var _core_model_elf_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8650);
/* harmony import */ var _core_plan_resolved_source_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4747);
/* harmony import */ var _system_command_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9478);
/* harmony import */ var _system_regular_file_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1058);
// Executables that this machine has already: looked at and hashed, never run before the kernel runs them.






/** More than any QEMU user emulator has. */
const maxBytes = 512 * 1024 * 1024;
/**
 * The files that may serve a target, the preferred first; what is not there is left out, what cannot be used has the reason. `path`: the
 * environment's PATH.
 */
function filesFor(target, wanted, host, catalog, path) {
    const folder = wanted.kind === 'path' && isFolder(wanted.path);
    const found = new Map();
    for (const candidate of (0,_core_plan_resolved_source_js__WEBPACK_IMPORTED_MODULE_3__/* .candidatePaths */ .A)(target, wanted, path, folder)) {
        const file = lookAt(candidate, host, catalog);
        // several names may lead to one file
        if (file !== undefined && !found.has(file.path))
            found.set(file.path, file);
    }
    return [...found.values()];
}
/** Whether a path leads to a folder; what it leads to otherwise, if to anything, is looked at as a file. */
function isFolder(path) {
    return realPath(path) !== undefined && (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
function lookAt(candidate, host, catalog) {
    const path = realPath(candidate);
    if (path === undefined)
        return undefined;
    const unread = { path, sha256: '', size: 0, known: null };
    try {
        return (0,_system_regular_file_js__WEBPACK_IMPORTED_MODULE_5__/* .withRegularFile */ .p0)(path, { mostBytes: maxBytes }, ({ descriptor, size, mode }) => {
            const sha256 = (0,_system_regular_file_js__WEBPACK_IMPORTED_MODULE_5__/* .sha256OfDescriptor */ .St)(descriptor);
            const known = (0,_core_model_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .emulatorOfHash */ .PC)(catalog, sha256) ?? null;
            const reason = (mode & 0o111) === 0
                ? 'is not executable (chmod +x)'
                : (0,_core_model_elf_js__WEBPACK_IMPORTED_MODULE_2__/* .staticFault */ .X)((offset, length) => bytesAt(descriptor, offset, Math.min(length, size)), host);
            return { path, sha256, size, known, unusable: reason };
        });
    }
    catch (error) {
        return { ...unread, unusable: (0,_system_regular_file_js__WEBPACK_IMPORTED_MODULE_5__/* .faultOf */ .Kl)(error) };
    }
}
function bytesAt(descriptor, offset, length) {
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readSync)(descriptor, bytes, 0, length, offset));
}
function realPath(candidate) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(candidate);
    }
    catch (error) {
        if (['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP'].includes((0,_system_command_js__WEBPACK_IMPORTED_MODULE_4__/* .errnoName */ .gh)(error)))
            return undefined;
        throw error;
    }
}


/***/ })

};
