import { entryOf } from '../../../domain/closed-table.ts';
import * as bodies from './bodies-forms.ts';
import type { CouncilForm } from './council-form.ts';
import { addClosure, removeClosure } from './days-forms.ts';
import { addElection, changeElection, removeElection } from './election-forms.ts';
import { bringFileForm } from './file-forms.ts';
import { putBack } from './history-forms.ts';
import { addPartner, changePartner, removePartner } from './partners-forms.ts';
import {
  addRole,
  changeChain,
  changeChannel,
  changeRole,
  endAway,
  markAway,
  nameStandIn,
  removeRole,
} from './people-forms.ts';
import * as rules from './rules-forms.ts';
import * as settings from './settings-forms.ts';
import { addWebhook, changeWebhook, removeWebhook } from './webhook-forms.ts';

/** Every form by which a council's file is changed, by its name in addresses. */
export const COUNCIL_FORMS = {
  'change-role': changeRole,
  'add-role': addRole,
  'remove-role': removeRole,
  channel: changeChannel,
  away: markAway,
  'stand-in': nameStandIn,
  'end-away': endAway,
  chain: changeChain,
  'add-body': bodies.addBody,
  'change-body': bodies.changeBody,
  'remove-body': bodies.removeBody,
  'add-meeting': bodies.addMeeting,
  'add-cycle': bodies.addCycle,
  'bring-meetings': bodies.bringMeetings,
  'calendar-meetings': bodies.calendarMeetings,
  'cancel-meeting': bodies.cancelMeeting,
  'move-meeting': bodies.moveMeeting,
  'hold-meeting': bodies.holdMeeting,
  'remove-meeting': bodies.removeMeeting,
  'add-closure': addClosure,
  'remove-closure': removeClosure,
  'add-election': addElection,
  'change-election': changeElection,
  'remove-election': removeElection,
  sending: settings.changeSending,
  council: settings.changeCouncil,
  constitution: rules.changeConstitution,
  'later-dates': rules.changeLaterDates,
  sustained: rules.changeSustained,
  'add-rating': settings.addRating,
  'change-rating': settings.changeRating,
  'remove-rating': settings.removeRating,
  'usual-ratings': settings.usualRatings,
  'add-partner': addPartner,
  'change-partner': changePartner,
  'remove-partner': removePartner,
  'add-webhook': addWebhook,
  'change-webhook': changeWebhook,
  'remove-webhook': removeWebhook,
  'put-back': putBack,
  file: bringFileForm,
} as const satisfies Record<string, CouncilForm>;

export const councilForm = (name: string): CouncilForm | undefined => entryOf<CouncilForm>(COUNCIL_FORMS, name);
