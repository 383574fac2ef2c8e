// The inputs of a request of which none is given, for tests that give some.
import { inputTexts, type RequestInputs } from '../../../src/core/request/inputs.js'

export const noInputs: RequestInputs = inputTexts('request', () => '')
