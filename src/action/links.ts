// What the texts of a step point to: documents of the action's own repository, and its command line, which later steps of the job can call.
import { dirname, join } from 'node:path'
import { type Links, plainLinks } from '../core/model/links.js'
import { actionDocuments } from '../core/report/document-base.js'
import { shellWord } from '../core/text/shell-word.js'
import { ownPackage } from '../system/own-package.js'
import { toolOnPath } from '../system/program.js'

/** The links of this step. */
export function actionLinks(): Links {
  // as the runner gave it: its folder of actions may hold links
  const bundle = process.argv[1] ?? ''
  const docs = actionDocuments({ env: process.env, bundle, own: ownPackage() }) ?? plainLinks.docs
  // the node that runs us is the runner's own: its path is long, and it is seldom on PATH
  const node = toolOnPath('node') === undefined ? process.execPath : 'node'
  const commandLine = join(dirname(dirname(bundle)), 'cli', 'index.js')
  return { docs, command: `${shellWord(node)} ${shellWord(commandLine)}` }
}
