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

function whyWords(why: Why): Because {
  switch (why.kind) {
    case 'file-missing':
      return missingWords(why)
    case 'file-folder':
      return { because: `${name(why.path)} is a folder`, remedy: 'name a program' }
    case 'file-not-executable':
      return blockedWords(name(why.path), why.blocked ?? { kind: 'mode' })
    case 'file-unreadable':
      return {
        because: `${name(why.path)} cannot be reached or read by this user: ${errnoWords(why.errno)}`,
        remedy: 'run explain as root',
      }
    case 'file-sealed':
      return { because: `this user may execute ${name(why.path)}, and not read it`, remedy: 'run explain as root' }
    case 'script-interpreter-missing':
    case 'script-odd':
      return scriptWords(why)
    case 'scripts-too-deep':
      return {
        because:
          'too many scripts lead one to the next: the kernel follows five, or four where the last is for an emulator',
        remedy: 'let the #! line name a program',
      }
    case 'no-program':
      return noProgramWords(why)
    case 'damaged':
      return {
        because: `${name(why.path)} is no whole ELF program: ${why.fault}`,
        remedy: 'build or fetch it again',
      }
    case 'loader-missing':
    case 'loader-foreign':
    case 'loader-unusable':
      return loaderWords(why)
    default:
      return entryWords(why)
  }
}

/** A path that leads nowhere, and where it ends: a link on the way, or a folder that is not there. */
function missingWords({
  path,
  errno,
  at = path,
}: Pick<Extract<Why, { at?: string }>, 'path' | 'errno' | 'at'>): Because {
  const remedy = 'look for the file with ls -l; a link may lead nowhere'
  const where = at === path ? '' : `: on the way ${name(at)} is ${errno === 'ENOENT' ? 'not there' : 'no folder'}`
  if (errno === 'ELOOP') return { because: `${name(path)} is a link that leads to itself, or one of too many`, remedy }
  return { because: `there is no ${name(path)}${where}`, remedy }
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

function scriptWords(why: Extract<Why, { kind: 'script-interpreter-missing' | 'script-odd' }>): Because {
  if (why.kind === 'script-odd') {
    return {
      because: `${name(why.path)} is no script that the kernel takes: ${why.fault}`,
      remedy: 'let its first line be #! and the path of a program',
    }
  }
  const { path, interpreter, cwd } = why
  if (interpreter.endsWith('\r')) {
    return {
      because: `its first line ends with a carriage return, so that the kernel looks for an interpreter named ${name(interpreter)}`,
      remedy: `take the carriage returns out: sed -i 's/\\r$//' ${name(path)}`,
    }
  }
  if (cwd !== null) {
    return {
      because: `its first line names ${name(interpreter)} without a / at its start, so the kernel looks for it in the current folder ${name(cwd)} and not in PATH`,
      remedy: `name the interpreter by its whole path, or by #!/usr/bin/env ${name(interpreter)}`,
    }
  }
  return {
    because: `its first line names ${name(interpreter)}, which is not there`,
    remedy: 'install that interpreter in the same root, or change the first line',
  }
}

function noProgramWords({ path, what }: Extract<Why, { kind: 'no-program' }>): Because {
  const because = { empty: 'is empty', text: 'is text without #! at its start', data: 'is neither ELF nor a script' }[
    what
  ]
  const remedy =
    what === 'text'
      ? 'write #!/bin/sh as its first line; shells run such a file all the same, other programs do not'
      : 'look how it was made: file and head -c 64 show what it is'
  return { because: `${name(path)} ${because}, and no entry matches it`, remedy }
}

function loaderWords(why: Extract<Why, { kind: 'loader-missing' | 'loader-foreign' | 'loader-unusable' }>): Because {
  const remedy =
    why.emulated === null
      ? 'install the C library that it was built for in the same root, or run it in a root that has it (chroot, container)'
      : `run it in a root that has the libraries of its architecture (chroot, container), or name one: setup-qemu setup ${why.emulated} --sysroot DIR`
  if (why.kind === 'loader-unusable') return { because: `its loader ${name(why.loader)} ${why.fault}`, remedy }
  if (why.kind === 'loader-foreign' && why.got === 'no program')
    return { because: `its loader ${name(why.loader)} is no ELF program`, remedy }
  if (why.kind === 'loader-foreign')
    return { because: `its loader ${name(why.loader)} is here for another architecture (${why.got})`, remedy }
  const prefix = why.prefix === null ? '' : `, nor below QEMU_LD_PREFIX ${name(why.prefix)}`
  return {
    because: `${name(why.path)} itself is there, but the loader that it names, ${name(why.loader)}, is not${prefix}`,
    remedy,
  }
}

type EntryWhy = Extract<
  Why,
  {
    kind:
      | 'no-entry'
      | 'rule-misses'
      | 'not-mounted'
      | 'switched-off'
      | 'entry-disabled'
      | 'emulator-missing'
      | 'emulator-unrunnable'
      | 'probe-refused'
      | 'probe-unanswered'
  }
>

function setUp({ target }: ElfProgram): string {
  return target === null
    ? 'QEMU has no user emulator for it: run it on a machine of its kind'
    : `setup-qemu setup ${target}`
}

function lostWords(lost: LostEntry | null): string {
  return lost === null ? '' : `: ${lostText(lost)}`
}

function entryWords(why: EntryWhy): Because {
  switch (why.kind) {
    case 'no-entry':
      return {
        because: `it is a program for ${machineText(why.program)}, and no entry of the kernel's table matches those${lostWords(why.lost)}`,
        remedy: setUp(why.program),
      }
    case 'rule-misses':
      return {
        because: `it is a program for ${machineText(why.program)} whose header QEMU's rule does not match (bytes 8 to 15 are not zero, as in an AppImage, or its machine number is newer)`,
        remedy:
          why.program.target === null ? setUp(why.program) : `setup-qemu setup ${why.program.target} --rules wide`,
      }
    case 'not-mounted':
      return {
        because: `it is a program for ${machineText(why.program)}, and binfmt_misc is not mounted${lostWords(why.lost)}`,
        remedy: setUp(why.program),
      }
    case 'switched-off':
      return {
        because: 'binfmt_misc is switched off, so the kernel ignores every entry',
        remedy: 'echo 1 | sudo tee /proc/sys/fs/binfmt_misc/status',
      }
    case 'entry-disabled':
      return {
        because: `the entry ${printable(why.entry)} that matches it is disabled`,
        remedy: `echo 1 | sudo tee /proc/sys/fs/binfmt_misc/${printable(why.entry)}, or ${setUp(why.program)}`,
      }
    case 'emulator-missing':
      return {
        because: `the entry ${printable(why.entry.name)} has no flag F, and its interpreter ${name(why.entry.interpreter)} is not ${why.root === null ? 'there (deleted?)' : `in the root ${name(why.root)}`}`,
        remedy: 'setup-qemu setup with the platform registers an emulator with F, which needs no file in the root',
      }
    case 'emulator-unrunnable':
      return {
        because: `the interpreter ${name(why.entry.interpreter)} of the entry ${printable(why.entry.name)} ${why.fault}`,
        remedy: 'setup-qemu setup with the platform registers a static emulator with F',
      }
    case 'probe-refused':
      return {
        because: `programs that the entry ${printable(why.entry.name)} matches do not run here: a probe got ${why.errno}`,
        remedy: 'setup-qemu status shows the table; setup-qemu setup puts a working entry before it',
      }
    case 'probe-unanswered':
      return unansweredWords(why.output)
  }
}

function unansweredWords(output: string | null): Because {
  const said = output === null || output.trim() === '' ? '' : `, and it said: ${printable(output.trim(), 300)}`
  return {
    because: output === null ? 'a probe hangs under it' : `a probe ended under it before it could answer${said}`,
    remedy: /unable to find CPU model/.test(output ?? '')
      ? 'QEMU_CPU in the environment names a CPU that this emulator does not know: unset it, or name one of its own'
      : 'setup-qemu compare -- COMMAND tells which versions it works under',
  }
}
