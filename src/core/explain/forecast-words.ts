// The last words about a file that is to be executed: one sentence, and what to do.

import { type LostEntry, lostText } from '../journal/lost-entry.js'
import { type ElfProgram, machineText } from '../model/program.js'
import { printable } from '../model/targets.js'
import { emulatorWords } from '../report/outcome-text.js'
import { errnoWords } from '../text/errno-text.js'
import type { Blocked, Verdict, Why } from './forecast.js'

const name = (path: string) => printable(path, 400)

/** The verdict as a sentence, and what to do; null: nothing. */
export function verdictWords(verdict: Verdict): { readonly sentence: string; readonly remedy: string | null } {
  switch (verdict.kind) {
    case 'native':
      return { sentence: 'It will run natively, without an emulator.', remedy: null }
    case 'emulated':
      return { sentence: `It will run under ${runnerText(verdict)}.`, remedy: null }
    case 'fails': {
      const { because, remedy } = whyWords(verdict.why)
      const words = errnoWords(verdict.errno)
      return {
        sentence: `It will fail with ${words === verdict.errno ? words : `"${words}" (${verdict.errno})`}, because ${because}.`,
        remedy,
      }
    }
    case 'unknown': {
      const { because, remedy } = whyWords(verdict.why)
      return { sentence: `What will happen cannot be told, because ${because}.`, remedy }
    }
    case 'breaks': {
      const { because, remedy } = whyWords(verdict.why)
      if (verdict.entry === null && verdict.emulator === null)
        return { sentence: `It will start natively and crash, because ${because}.`, remedy }
      return { sentence: `It will start under ${runnerText(verdict)}, which will give up, because ${because}.`, remedy }
    }
  }
}

function runnerText({ entry, emulator }: Extract<Verdict, { kind: 'emulated' | 'breaks' }>): string {
  const by = entry === null ? 'an entry out of sight' : `the entry ${printable(entry.name)}`
  if (emulator === null) return `${name(entry?.interpreter ?? '')}, by ${by}`
  return `${emulator.qemuVersion === null ? name(emulator.path) : emulatorWords(emulator)}, by ${by}`
}

interface Because {
  readonly because: string
  readonly remedy: string
}

type WhyOf<Kind extends Why['kind']> = Why & { readonly kind: Kind }

/** A row for each reason: why it is so, as the end of a sentence, and what to do about it. */
const reasons: { readonly [Kind in Why['kind']]: (why: WhyOf<Kind>) => Because } = {
  // a path that leads nowhere, and where it ends: a link on the way, or a folder that is not there
  'file-missing': ({ path, errno, at = path }) => {
    const remedy = 'look for the file with ls -l; a link may lead nowhere'
    const where = at === path ? '' : `: on the way ${name(at)} is ${errno === 'ENOENT' ? 'not there' : 'no folder'}`
    if (errno === 'ELOOP')
      return { because: `${name(path)} is a link that leads to itself, or one of too many`, remedy }
    return { because: `there is no ${name(path)}${where}`, remedy }
  },
  'file-folder': ({ path }) => ({ because: `${name(path)} is a folder`, remedy: 'name a program' }),
  'file-not-executable': ({ path, blocked }) => blockedWords(name(path), blocked ?? { kind: 'mode' }),
  'file-unreadable': ({ path, errno }) => ({
    because: `${name(path)} cannot be reached or read by this user: ${errnoWords(errno)}`,
    remedy: 'run explain as root',
  }),
  'file-sealed': ({ path }) => ({
    because: `this user may execute ${name(path)}, and not read it`,
    remedy: 'run explain as root',
  }),
  'script-interpreter-missing': ({ path, interpreter, cwd }) => {
    if (interpreter.endsWith('\r'))
      return {
        because: `its first line ends with a carriage return, so that the kernel looks for an interpreter named ${name(interpreter)}`,
        remedy: `take the carriage returns out: sed -i 's/\\r$//' ${name(path)}`,
      }
    if (cwd !== null)
      return {
        because: `its first line names ${name(interpreter)} without a / at its start, so the kernel looks for it in the current folder ${name(cwd)} and not in PATH`,
        remedy: `name the interpreter by its whole path, or by #!/usr/bin/env ${name(interpreter)}`,
      }
    return {
      because: `its first line names ${name(interpreter)}, which is not there`,
      remedy: 'install that interpreter in the same root, or change the first line',
    }
  },
  'script-odd': ({ path, fault }) => ({
    because: `${name(path)} is no script that the kernel takes: ${fault}`,
    remedy: 'let its first line be #! and the path of a program',
  }),
  'scripts-too-deep': () => ({
    because:
      'too many scripts lead one to the next: the kernel follows five, or four where the last is for an emulator',
    remedy: 'let the #! line name a program',
  }),
  'no-program': ({ path, what }) => {
    const is = { empty: 'is empty', text: 'is text without #! at its start', data: 'is neither ELF nor a script' }
    const remedy =
      what === 'text'
        ? 'write #!/bin/sh as its first line; shells run such a file all the same, other programs do not'
        : 'look how it was made: file and head -c 64 show what it is'
    return { because: `${name(path)} ${is[what]}, and no entry matches it`, remedy }
  },
  damaged: ({ path, fault }) => ({
    because: `${name(path)} is no whole ELF program: ${fault}`,
    remedy: 'build or fetch it again',
  }),
  'no-entry': ({ program, lost }) => ({
    because: `it is a program for ${machineText(program)}, and no entry of the kernel's table matches those${lostWords(lost)}`,
    remedy: setUp(program),
  }),
  'rule-misses': ({ program }) => ({
    because: `it is a program for ${machineText(program)} whose header QEMU's rule does not match (bytes 8 to 15 are not zero, as in an AppImage, or its machine number is newer)`,
    remedy: program.target === null ? setUp(program) : `setup-qemu setup ${program.target} --rules wide`,
  }),
  'not-mounted': ({ program, lost }) => ({
    because: `it is a program for ${machineText(program)}, and binfmt_misc is not mounted${lostWords(lost)}`,
    remedy: setUp(program),
  }),
  'switched-off': () => ({
    because: 'binfmt_misc is switched off, so the kernel ignores every entry',
    remedy: 'echo 1 | sudo tee /proc/sys/fs/binfmt_misc/status',
  }),
  'entry-disabled': ({ entry, program }) => ({
    because: `the entry ${printable(entry)} that matches it is disabled`,
    remedy: `echo 1 | sudo tee /proc/sys/fs/binfmt_misc/${printable(entry)}, or ${setUp(program)}`,
  }),
  'emulator-missing': ({ entry, root }) => ({
    because: `the entry ${printable(entry.name)} has no flag F, and its interpreter ${name(entry.interpreter)} is not ${root === null ? 'there (deleted?)' : `in the root ${name(root)}`}`,
    remedy: 'setup-qemu setup with the platform registers an emulator with F, which needs no file in the root',
  }),
  'emulator-unrunnable': ({ entry, fault }) => ({
    because: `the interpreter ${name(entry.interpreter)} of the entry ${printable(entry.name)} ${fault}`,
    remedy: 'setup-qemu setup with the platform registers a static emulator with F',
  }),
  'probe-refused': ({ entry, errno }) => ({
    because: `programs that the entry ${printable(entry.name)} matches do not run here: a probe got ${errno}`,
    remedy: 'setup-qemu status shows the table; setup-qemu setup puts a working entry before it',
  }),
  'probe-unanswered': ({ output }) => {
    const said = output === null || output.trim() === '' ? '' : `, and it said: ${printable(output.trim(), 300)}`
    return {
      because: output === null ? 'a probe hangs under it' : `a probe ended under it before it could answer${said}`,
      remedy: /unable to find CPU model/.test(output ?? '')
        ? 'QEMU_CPU in the environment names a CPU that this emulator does not know: unset it, or name one of its own'
        : 'setup-qemu compare -- COMMAND tells which versions it works under',
    }
  },
  'loader-missing': (why) => {
    const prefix = why.prefix === null ? '' : `, nor below QEMU_LD_PREFIX ${name(why.prefix)}`
    return {
      because: `${name(why.path)} itself is there, but the loader that it names, ${name(why.loader)}, is not${prefix}`,
      remedy: loaderRemedy(why.emulated),
    }
  },
  'loader-foreign': ({ loader, got, emulated }) => ({
    because:
      got === 'no program'
        ? `its loader ${name(loader)} is no ELF program`
        : `its loader ${name(loader)} is here for another architecture (${got})`,
    remedy: loaderRemedy(emulated),
  }),
  'loader-unusable': ({ loader, fault, emulated }) => ({
    because: `its loader ${name(loader)} ${fault}`,
    remedy: loaderRemedy(emulated),
  }),
}

function whyWords<Kind extends Why['kind']>(why: WhyOf<Kind>): Because {
  const words: (why: WhyOf<Kind>) => Because = reasons[why.kind]
  return words(why)
}

function blockedWords(file: string, blocked: Blocked): Because {
  switch (blocked.kind) {
    case 'mode':
      return {
        because: `${file} may not be executed: it has no x permission for this user`,
        remedy: `chmod +x ${file}`,
      }
    case 'noexec':
      return {
        because: `${file} may not be executed: it lies on ${name(blocked.point)}, which is mounted noexec`,
        remedy: `copy it to another file system, or allow programs there: mount -o remount,exec ${name(blocked.point)}`,
      }
    case 'special':
      return { because: `${file} is a pipe or a device, and not a file`, remedy: 'name a program' }
  }
}

function loaderRemedy(emulated: string | null): string {
  return emulated === null
    ? 'install the C library that it was built for in the same root, or run it in a root that has it (chroot, container)'
    : `run it in a root that has the libraries of its architecture (chroot, container), or name one: setup-qemu setup ${emulated} --sysroot DIR`
}

function setUp({ target }: ElfProgram): string {
  return target === null
    ? 'QEMU has no user emulator for it: run it on a machine of its kind'
    : `setup-qemu setup ${target}`
}

function lostWords(lost: LostEntry | null): string {
  return lost === null ? '' : `: ${lostText(lost)}`
}
