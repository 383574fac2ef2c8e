// How each fenced block of the documents is tried: one row a block, by the block's key (document, section, place in it). A test is red when a
// block has no row, and when a row has no block. What a row changes in the printed text, or adds, is said in it, with the reason.

/** A stand-in for what no test can have. The printed words must be in the block. */
export interface Replacement {
  readonly printed: string
  readonly by: string
  readonly why: string
}

export interface Played {
  readonly part: 'machine' | 'engines'
  /** Who runs it: by default root for shell lines, and for steps an ordinary user with sudo, as on GitHub's runners. */
  readonly users?: readonly ('root' | 'runner')[]
  /** Shell lines of root in the same folder, before: the reader's own files, and the state that the text describes. */
  readonly before?: string
  /** Of the reader, in the same shell, before the printed lines. */
  readonly first?: string
  /** Of the reader, after: they fail when something is not as it should be. Behind printed lines in the same shell. */
  readonly after?: string
  readonly replace?: readonly Replacement[]
  /** In what was printed on both streams. */
  readonly says?: RegExp
  /** The exit status of the last line, or of the step that is red. */
  readonly status?: number
  /** With an empty cache, so that emulators are fetched from this machine's Debian archive. */
  readonly cold?: boolean
  /** Images that an engine would pull, made on the spot: name, and platform. */
  readonly images?: readonly (readonly [name: string, platform: string])[]
}

export type Row =
  /** Shell lines, as they are typed. */
  | ({ readonly by: 'lines' } & Played)
  /** Steps or jobs of a workflow; other actions than ours by what stands for them. */
  | ({
      readonly by: 'steps'
      readonly actions?: Readonly<Record<string, { readonly run: string; readonly why: string }>>
      readonly vars?: Readonly<Record<string, string>>
      /** More inputs of our action. */
      readonly inputs?: Readonly<Record<string, string>>
    } & Played)
  /** Commands behind `$ ` and what they print, or only that, of `command`; compared but for hashes, sizes, times and spaces. */
  | ({ readonly by: 'output'; readonly command?: string } & Played)
  /** The object that a command prints, compared by the names of its fields. */
  | ({ readonly by: 'json'; readonly command: string } & Played)
  /** What the block under another key prints. */
  | { readonly by: 'printed'; readonly from: string }
  /** Compared or run by another test, which has these words in it. */
  | { readonly by: 'test'; readonly file: string; readonly words: string }
  /** There is no command of ours in it, and no output of one. */
  | { readonly by: 'nothing'; readonly why: string }

const apparmor: Replacement = {
  printed: 'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0',
  by: 'true',
  why: "a setting of Ubuntu's kernel for the whole machine; other kernels have none such",
}
const checkout = { run: 'true', why: "GitHub's own action; the files are there already" }
const ownArm64 = 'cp /run/programs/test-arm64 .'
const unpack = 'mkdir tests; cp /run/programs/unpack-arm64 tests'
const sums = 'mkdir tests; cp /run/programs/sums-arm64 tests'
const foreignAction = 'the steps before: an action of others, which a test cannot get'
const makefile = (target: string, line: string) => `printf '${target}:\\n\\t${line}\\n' >Makefile`
const debianRoot = `mkdir root; tar -C root -xf /run/programs/arm64-root.tar`

const readme: Record<string, Row> = {
  'setup-qemu 1': {
    by: 'steps',
    part: 'engines',
    images: [['alpine', 'linux/arm64']],
    says: /^aarch64$/m,
  },
  'command-1-try-it 1': { by: 'lines', part: 'machine', users: ['runner', 'root'], cold: true },
  'command-1-try-it 2': { by: 'printed', from: 'README.md#command-1-try-it 1' },
  'command-1-try-it 3': { by: 'lines', part: 'machine', users: ['runner', 'root'], cold: true },
  'command-2-install-and-test-in-one-go 1': { by: 'test', file: '.ci/run', words: 'npm cit' },
  'a-matrix 1': {
    by: 'steps',
    part: 'engines',
    images: ['arm64', 'arm/v7', 'riscv64', 's390x', 'ppc64le'].map((name) => ['debian:trixie-slim', `linux/${name}`]),
    says: /^aarch64$.*^armv7l$.*^riscv64$.*^s390x$.*^ppc64le$/ms,
  },
  'pinning 1': { by: 'steps', part: 'machine', says: /10\.0\.13/ },
  'pinning 2': {
    by: 'test',
    file: 'test/docs/documents.test.ts',
    words: 'shows the versions as the command line does',
  },
  'an-image 1': {
    by: 'steps',
    part: 'machine',
    inputs: { 'registry-mirror': 'http://127.0.0.1:5055' },
    replace: [
      {
        printed: 'qemu-version: 10.2.3 ',
        by: 'qemu-version: 7.2.22 ',
        why: 'the image on the loopback registry, which stands for the one of the internet, holds this one',
      },
    ],
    says: /tonistiigi\/binfmt:qemu-v10\.2\.3-68@sha256:[0-9a-f]{64}/,
  },
  'what-the-machine-has 1': {
    by: 'steps',
    part: 'machine',
    before: 'cp /run/programs/qemu-7.2 /usr/bin/qemu-aarch64-static',
    after: 'sudo rm /usr/bin/qemu-aarch64-static',
    says: /7\.2\.22/,
  },
  'your-own-build 1': {
    by: 'steps',
    part: 'machine',
    before:
      'mkdir -p build/qemu; cp /run/programs/qemu-7.2 build/qemu/qemu-aarch64; cp /run/programs/qemu-riscv64 build/qemu',
    vars: { QEMU_SHA256: '$(sha256sum build/qemu/* | cut -c1-64 | paste -sd,)' },
    says: /7\.2\.22/,
  },
  'a-privileged-container-but-proven 1': {
    by: 'steps',
    part: 'engines',
    // what is here by that name is not pulled again
    inputs: { offline: 'true' },
    replace: [
      {
        printed: 'multiarch/qemu-user-static@sha256:...',
        by: 'multiarch/qemu-user-static:latest',
        why: 'a local image with the command line of that one',
      },
    ],
    says: /7\.2\.22/,
  },
  'debootstrap-and-chroot-without-docker 1': {
    by: 'steps',
    part: 'machine',
    replace: ['sudo debootstrap ', 'sudo chroot root /debootstrap'].map((printed) => ({
      printed,
      by: printed.replace('sudo', 'sudo env container=lxc'),
      why: 'the test has a table of its own in a user namespace, where nobody may make device files',
    })),
    says: /^arm64$/m,
  },
  'appimages 1': {
    by: 'steps',
    part: 'engines',
    before: `cp /run/programs/test-arm64 app-aarch64.AppImage; printf 'AI\\2' | dd of=app-aarch64.AppImage bs=1 seek=8 conv=notrunc status=none`,
    images: [['debian:trixie-slim', 'linux/arm64']],
  },
  'programs-outside-their-root 1': { by: 'steps', part: 'machine', before: 'cp /run/programs/dynamic-arm64 tests' },
  'another-cpu 1': { by: 'steps', part: 'machine', says: /cortex-a72/ },
  'without-root-in-a-private-scope 1': {
    by: 'steps',
    part: 'machine',
    replace: [apparmor],
    before: `${ownArm64}; ${makefile('test', './test-arm64 && echo "made with $(CC)"')}`,
    says: /made with aarch64-linux-gnu-gcc/,
  },
  'without-root-in-a-private-scope 2': {
    by: 'steps',
    part: 'machine',
    says: /^arm64$/m,
  },
  'without-root-in-a-private-scope 3': {
    by: 'lines',
    part: 'machine',
    // not as root: a restore of root's elsewhere on the machine closes root's scopes
    users: ['runner'],
    first: 'PATH="$(dirname "$(node dist/cli/index.js setup arm64 --scope private --quiet | tail -n 1)"):$PATH"',
    after: 'test "$(with-qemu --as-root -- chroot root /usr/bin/dpkg --print-architecture)" = arm64',
  },
  'which-version-does-it-work-under 1': {
    by: 'steps',
    part: 'machine',
    replace: [apparmor],
    before: unpack,
    status: 1,
    says: /fails under 5\.2\.0, 7\.2\.18 and 7\.2\.22 \(exit status 1\), works from 10\.0\.2/,
  },
  'docker-build 1': {
    by: 'steps',
    part: 'engines',
    replace: [
      {
        printed: 'buildx build ',
        by: 'buildx build --network none ',
        why: "the test's docker has no network to give",
      },
    ],
    actions: {
      'docker/setup-buildx-action@<commit>': {
        run: 'docker buildx version',
        why: 'an action of others; the plugin is there',
      },
    },
    before: `printf 'FROM alpine\\nRUN ["/bin/uname", "-m"]\\n' >Dockerfile`,
    images: [['alpine', 'linux/arm64']],
    says: /^#\d+ .* aarch64$/m,
  },
  'in-containers-too 1': { by: 'steps', part: 'engines', says: /docker/ },
  'the-command-line 1': {
    by: 'test',
    file: 'test/docs/documents.test.ts',
    words: 'names the commands of the command line',
  },
  'the-command-line 2': {
    by: 'test',
    file: 'test/cli/terminal-completion.action.test.ts',
    words: "blocksOf('README.md')",
  },
  'the-command-line 3': {
    by: 'test',
    file: 'test/cli/terminal-completion.action.test.ts',
    words: "blocksOf('README.md')",
  },
  'the-command-line 4': {
    by: 'output',
    part: 'machine',
    command: 'setup-qemu status',
    before: `mkdir -p /usr/libexec/qemu-binfmt; cp /run/programs/qemu-11 /usr/libexec/qemu-binfmt/aarch64-binfmt-P
      register qemu-aarch64 /usr/libexec/qemu-binfmt/aarch64-binfmt-P
      node dist/cli/index.js setup arm64 --qemu-version 7.2`,
  },
  'one-command-under-one-version 1': {
    by: 'lines',
    part: 'machine',
    users: ['runner', 'root'],
    before: `${ownArm64}; ${makefile('check', './test-arm64 && echo "checked"')}`,
    says: /^checked$/m,
  },
  'one-command-under-one-version 2': { by: 'lines', part: 'machine', users: ['runner', 'root'], before: ownArm64 },
  'what-will-happen 1': {
    by: 'output',
    part: 'machine',
    before: `mkdir -p /srv/arm64; mount --bind /run/programs/perl-root /srv/arm64
      node dist/cli/index.js setup arm64
      cp /run/programs/qemu-7.2 /usr/bin/qemu-aarch64-static
      register a-newer-entry /usr/bin/qemu-aarch64-static; rm /usr/bin/qemu-aarch64-static`,
    after: 'umount /srv/arm64',
  },
  'when-a-program-breaks 1': {
    by: 'output',
    part: 'machine',
    before: `node dist/cli/index.js setup arm64 --qemu-version 7.2
      for at in $(seq 840); do
        case $at in
          212|213|400|401) echo 'tar: usr/share/doc/x: Cannot open: Function not implemented' ;;
          *) echo "unpacking part $at" ;;
        esac
      done >build.log`,
  },
  'json 1': { by: 'json', part: 'machine', command: 'setup-qemu setup arm64 --json' },
}

const compare: Record<string, Row> = {
  'on-the-command-line 1': { by: 'output', part: 'machine', users: ['runner'], before: unpack, status: 1 },
  'on-the-command-line 2': {
    by: 'lines',
    part: 'machine',
    users: ['runner'],
    before: `${ownArm64}; ${makefile('check', './test-arm64')}`,
    says: /works under/,
  },
  'on-the-command-line 3': { by: 'output', part: 'machine', users: ['runner'], before: unpack, status: 1 },
  'on-the-command-line 4': { by: 'output', part: 'machine', users: ['runner'], before: sums },
  'as-an-action 1': {
    by: 'steps',
    part: 'machine',
    replace: [apparmor],
    before: `cp /run/programs/unpack-arm64 unpack; ${makefile('tests', 'mkdir -p tests; cp unpack tests/unpack-arm64; echo "made with $(CC)"')}`,
    status: 1,
    says: /made with aarch64-linux-gnu-gcc/,
  },
  'as-an-action 2': { by: 'printed', from: 'docs/compare.md#as-an-action 1' },
  'as-an-action 3': { by: 'steps', part: 'machine', before: unpack, says: /10\.0\.2/ },
  'outputs 1': {
    by: 'json',
    part: 'machine',
    users: ['runner'],
    command: 'setup-qemu compare --json --qemu 7.2,10.0 -- tests/unpack-arm64',
    before: unpack,
    status: 1,
  },
  'times 1': { by: 'output', part: 'machine', users: ['runner'], before: sums },
  'the-same-as-a-matrix 1': {
    by: 'steps',
    part: 'engines',
    actions: { 'actions/checkout@<commit>': checkout },
    before: unpack,
    images: [['debian:trixie-slim', 'linux/arm64']],
    status: 1,
    says: /not ok 1 - open beneath: Function not implemented/,
  },
}

const development: Record<string, Row> = {
  'layout 1': { by: 'nothing', why: 'a list of files' },
  'layout 2': { by: 'test', file: 'test/layout/layout.test.ts', words: 'docs/development.md' },
  'other-kernels-and-init-systems 1': {
    by: 'test',
    file: 'test/e2e/vm/vm.ts',
    words: 'SETUP_QEMU_VM',
  },
}

const security: Record<string, Row> = {
  'checking-a-release 1': {
    by: 'nothing',
    why: "gh asks GitHub for signatures of a release that exists there; what is attested is compared with each release's files by npm run e2e -- workflows",
  },
}

const migrating: Record<string, Row> = {
  'from-dockersetup-qemu-action 1': { by: 'nothing', why: foreignAction },
  'from-dockersetup-qemu-action 2': {
    by: 'steps',
    part: 'engines',
    actions: {
      'docker/setup-buildx-action@v4': {
        run: 'docker buildx version',
        why: 'an action of others; the plugin is there',
      },
    },
    says: /linux\/riscv64/,
  },
  'from-dockersetup-qemu-action 3': { by: 'nothing', why: foreignAction },
  'from-dockersetup-qemu-action 4': { by: 'steps', part: 'machine', says: /10\.0\.13/ },
  'from-dockersetup-qemu-action 5': {
    by: 'steps',
    part: 'machine',
    inputs: { 'registry-mirror': 'http://127.0.0.1:5055' },
    replace: [
      {
        printed: 'sha256:<digest>',
        by: '$IMAGE_DIGEST',
        why: "the digest of the loopback registry's image, which stands for the one of the internet",
      },
    ],
    says: /7\.2\.22/,
  },
  'from-tonistiigibinfmt 1': {
    by: 'steps',
    part: 'engines',
    says: /arm64 OK/,
    after: 'echo -1 | sudo tee /proc/sys/fs/binfmt_misc/qemu-aarch64 /proc/sys/fs/binfmt_misc/qemu-arm >/dev/null',
  },
  'from-tonistiigibinfmt 2': { by: 'steps', part: 'machine', says: /linux\/arm/ },
  'from-tonistiigibinfmt 3': { by: 'lines', part: 'machine', users: ['runner', 'root'] },
  'from-multiarchqemu-user-static 1': {
    by: 'steps',
    part: 'engines',
    images: [['arm64v8/debian', 'linux/arm64']],
    replace: [
      {
        printed: 'docker run --rm -t ',
        by: 'docker run --rm ',
        why: 'there is no terminal in a step; with -t docker ends each line by CR',
      },
    ],
    says: /^aarch64$/m,
    after: 'for entry in /proc/sys/fs/binfmt_misc/qemu-*; do echo -1 | sudo tee $entry >/dev/null; done',
  },
  'from-multiarchqemu-user-static 2': {
    by: 'steps',
    part: 'engines',
    images: [['debian', 'linux/arm64']],
    says: /^aarch64$/m,
  },
  'from-apt-get-install-qemu-user-static 1': {
    by: 'nothing',
    why: "the steps before: the packages' own registration, which the VMs with systemd try (test/e2e/vm)",
  },
  'from-apt-get-install-qemu-user-static 2': { by: 'steps', part: 'machine', before: debianRoot, says: /^aarch64$/m },
}

const troubleshooting: Record<string, Row> = {
  'troubleshooting 1': {
    by: 'lines',
    part: 'machine',
    users: ['runner', 'root'],
    before: `cp /run/programs/test-arm64 program; echo 'tar: x: Cannot open: Function not implemented' >build.log
      node dist/cli/index.js setup arm64`,
  },
  'not-linux 1': { by: 'steps', part: 'machine' },
  'binfmt-missing 1': {
    by: 'nothing',
    why: 'loads a module of the kernel of the machine, which the VMs of test/e2e/vm do, and reads its configuration',
  },
  'binfmt-not-mounted 1': {
    by: 'lines',
    part: 'machine',
    users: ['runner', 'root'],
    before: 'umount /proc/sys/fs/binfmt_misc',
    after: 'test -e /proc/sys/fs/binfmt_misc/register',
  },
  'binfmt-disabled 1': {
    by: 'lines',
    part: 'machine',
    users: ['runner', 'root'],
    before: 'echo 0 >/proc/sys/fs/binfmt_misc/status',
    after: 'test "$(cat /proc/sys/fs/binfmt_misc/status)" = enabled',
  },
  'engine-failed 1': {
    by: 'nothing',
    why: 'messages; each is brought about by test/e2e/engines/engines.ts and verify-in.ts',
  },
  'probe-unrunnable 1': {
    by: 'lines',
    part: 'machine',
    users: ['runner', 'root'],
    before: 'mkdir -m 1777 "$HOME/tmp"',
  },
  'journal-damaged 1': {
    by: 'lines',
    part: 'machine',
    users: ['runner', 'root'],
    before: `mkdir -p /run/setup-qemu; echo '{' >/run/setup-qemu/FILE.json; register NAME /run/programs/qemu-7.2`,
    after: 'test ! -e /proc/sys/fs/binfmt_misc/NAME; test ! -e /run/setup-qemu/FILE.json',
  },
  'download-failed 1': { by: 'nothing', why: 'a message; test/sources/mirror.action.test.ts brings it about' },
}

function under(file: string, rows: Record<string, Row>): [string, Row][] {
  return Object.entries(rows).map(([place, row]) => [`${file}#${place}`, row])
}

export const rows: ReadonlyMap<string, Row> = new Map([
  ...under('README.md', readme),
  ...under('docs/compare.md', compare),
  ...under('docs/development.md', development),
  ...under('docs/migrating.md', migrating),
  ...under('docs/security.md', security),
  ...under('docs/troubleshooting.md', troubleshooting),
])
