export { LoginService } from './service.ts';
